using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WhatWaits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Contributions_PlanId_ReviewId",
                table: "Contributions");

            migrationBuilder.CreateIndex(
                name: "IX_Handovers_From",
                table: "Handovers",
                column: "From",
                filter: "\"AcceptedAt\" IS NULL AND \"HandedBackAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contributions_PlanId_ReviewId_VoiceId",
                table: "Contributions",
                columns: new[] { "PlanId", "ReviewId", "VoiceId" });

            migrationBuilder.CreateIndex(
                name: "IX_Contributions_VoiceId",
                table: "Contributions",
                column: "VoiceId",
                filter: "\"ConfirmedAt\" IS NULL AND \"Mode\" = 'ByProxy'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Handovers_From",
                table: "Handovers");

            migrationBuilder.DropIndex(
                name: "IX_Contributions_PlanId_ReviewId_VoiceId",
                table: "Contributions");

            migrationBuilder.DropIndex(
                name: "IX_Contributions_VoiceId",
                table: "Contributions");

            migrationBuilder.CreateIndex(
                name: "IX_Contributions_PlanId_ReviewId",
                table: "Contributions",
                columns: new[] { "PlanId", "ReviewId" });
        }
    }
}
