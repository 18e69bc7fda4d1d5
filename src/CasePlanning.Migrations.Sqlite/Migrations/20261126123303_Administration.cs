using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Authority",
                table: "Frameworks",
                type: "TEXT",
                maxLength: 60,
                nullable: true,
                collation: "BINARY");

            migrationBuilder.AddColumn<Guid>(
                name: "Id",
                table: "Frameworks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "Agencies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "AuthorityClocks",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false, collation: "BINARY"),
                    Settings = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuthorityClocks", x => x.Authority);
                    table.ForeignKey(
                        name: "FK_AuthorityClocks_Persons_ChangedById",
                        column: x => x.ChangedById,
                        principalTable: "Persons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuthorityClocks");

            migrationBuilder.DropColumn(
                name: "Authority",
                table: "Frameworks");

            migrationBuilder.DropColumn(
                name: "Id",
                table: "Frameworks");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Agencies");
        }
    }
}
