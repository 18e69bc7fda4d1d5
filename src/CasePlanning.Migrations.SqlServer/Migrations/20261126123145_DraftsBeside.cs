using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DraftsBeside : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Focus",
                table: "Drafts",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<Guid>(
                name: "RevisesId",
                table: "Drafts",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WhatChanged",
                table: "Drafts",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddForeignKey(
                name: "FK_Drafts_Contributions_RevisesId",
                table: "Drafts",
                column: "RevisesId",
                principalTable: "Contributions",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Drafts_Contributions_RevisesId",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "Focus",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "RevisesId",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "WhatChanged",
                table: "Drafts");
        }
    }
}
