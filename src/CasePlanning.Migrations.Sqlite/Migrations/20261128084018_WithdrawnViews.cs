using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WithdrawnViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Contributions_PlanId",
                table: "Contributions",
                column: "PlanId",
                filter: "\"WithdrawnAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Contributions_PlanId",
                table: "Contributions");
        }
    }
}
