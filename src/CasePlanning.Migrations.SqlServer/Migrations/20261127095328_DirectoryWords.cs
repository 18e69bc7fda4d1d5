using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DirectoryWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Searchable",
                table: "Expertise");

            migrationBuilder.CreateTable(
                name: "ExpertiseWords",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Word = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExpertiseWords", x => new { x.Word, x.PersonId });
                    table.ForeignKey(
                        name: "FK_ExpertiseWords_Expertise_PersonId",
                        column: x => x.PersonId,
                        principalTable: "Expertise",
                        principalColumn: "PersonId",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ExpertiseWords_PersonId",
                table: "ExpertiseWords",
                column: "PersonId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExpertiseWords");

            migrationBuilder.AddColumn<string>(
                name: "Searchable",
                table: "Expertise",
                type: "nvarchar(2201)",
                maxLength: 2201,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");
        }
    }
}
