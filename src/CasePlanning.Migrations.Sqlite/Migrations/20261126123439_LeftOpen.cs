using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeftOpen : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "LeftOpen",
                table: "Reviews",
                type: "TEXT",
                maxLength: 2000,
                nullable: true,
                collation: "BINARY");

            migrationBuilder.AddColumn<string>(
                name: "OutcomesLeftOpen",
                table: "Reviews",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LeftOpen",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "OutcomesLeftOpen",
                table: "Reviews");
        }
    }
}
