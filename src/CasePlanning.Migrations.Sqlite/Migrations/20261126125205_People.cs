using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CasePlanning.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_NextAttemptAt",
                table: "OutgoingMails");

            migrationBuilder.AddColumn<Guid>(
                name: "AboutId",
                table: "OutgoingMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAskedFor",
                table: "Invitations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "LinkCode",
                table: "Accounts",
                type: "TEXT",
                unicode: false,
                maxLength: 500,
                nullable: true,
                collation: "BINARY");

            migrationBuilder.CreateTable(
                name: "MailChoices",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false, collation: "BINARY"),
                    RecheckNeeded = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false, collation: "BINARY"),
                    RestrictionChanged = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false, collation: "BINARY"),
                    ReplyOwed = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false, collation: "BINARY"),
                    ToldUpTo = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailChoices", x => x.PersonId);
                    table.ForeignKey(
                        name: "FK_MailChoices_Persons_PersonId",
                        column: x => x.PersonId,
                        principalTable: "Persons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MailedUpTo",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Next = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailedUpTo", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "UnsafeAddresses",
                columns: table => new
                {
                    ParticipantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MarkedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    MarkedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnsafeAddresses", x => x.ParticipantId);
                    table.ForeignKey(
                        name: "FK_UnsafeAddresses_Participants_MarkedById",
                        column: x => x.MarkedById,
                        principalTable: "Participants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_UnsafeAddresses_Participants_ParticipantId",
                        column: x => x.ParticipantId,
                        principalTable: "Participants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_AboutId",
                table: "OutgoingMails",
                column: "AboutId");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_NextAttemptAt",
                table: "OutgoingMails",
                column: "NextAttemptAt",
                filter: "\"NextAttemptAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_ToPersonId_WrittenAt",
                table: "OutgoingMails",
                columns: new[] { "ToPersonId", "WrittenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_PersonId",
                table: "Invitations",
                column: "PersonId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MailChoices");

            migrationBuilder.DropTable(
                name: "MailedUpTo");

            migrationBuilder.DropTable(
                name: "UnsafeAddresses");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_AboutId",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_NextAttemptAt",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_ToPersonId_WrittenAt",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_Invitations_PersonId",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "AboutId",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "IsAskedFor",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "LinkCode",
                table: "Accounts");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_NextAttemptAt",
                table: "OutgoingMails",
                column: "NextAttemptAt");
        }
    }
}
