using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ReceiptsOfWrites : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Journal_LeafHash",
                table: "Journal");

            migrationBuilder.CreateIndex(
                name: "IX_Journal_LeafHash",
                table: "Journal",
                column: "LeafHash",
                filter: "\"ResultId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Journal_LeafHash",
                table: "Journal");

            migrationBuilder.CreateIndex(
                name: "IX_Journal_LeafHash",
                table: "Journal",
                column: "LeafHash");
        }
    }
}
