using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FeedIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Participants_AgencyId_From",
                table: "Participants",
                columns: new[] { "AgencyId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Participants_AgencyId_Until",
                table: "Participants",
                columns: new[] { "AgencyId", "Until" },
                filter: "\"Until\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Participants_PlanId_AgencyId_From_Until_Role",
                table: "Participants",
                columns: new[] { "PlanId", "AgencyId", "From", "Until", "Role" });

            migrationBuilder.CreateIndex(
                name: "IX_Journal_Verdict_Sequence_PlanId_ResultId",
                table: "Journal",
                columns: new[] { "Verdict", "Sequence", "PlanId", "ResultId" },
                filter: "\"Sequence\" IS NOT NULL AND \"ResultId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Participants_AgencyId_From",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Participants_AgencyId_Until",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Participants_PlanId_AgencyId_From_Until_Role",
                table: "Participants");

            migrationBuilder.DropIndex(
                name: "IX_Journal_Verdict_Sequence_PlanId_ResultId",
                table: "Journal");
        }
    }
}
