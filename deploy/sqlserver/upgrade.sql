IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Agencies] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Kind] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Authority] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Agencies] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Checkpoints] (
        [Size] bigint NOT NULL IDENTITY,
        [Origin] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Root] varbinary(32) NOT NULL,
        [At] datetimeoffset NOT NULL,
        [Signature] varchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_Checkpoints] PRIMARY KEY ([Size])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Frameworks] (
        [Code] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Id] uniqueidentifier NULL,
        [Authority] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Outcomes] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_Frameworks] PRIMARY KEY ([Code])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [IdempotencyRecords] (
        [Caller] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Key] nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Request] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ResultId] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_IdempotencyRecords] PRIMARY KEY ([Caller], [Key])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Journal] (
        [Id] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        [PersonId] uniqueidentifier NULL,
        [ClientId] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [OnBehalfOfId] uniqueidentifier NULL,
        [AgencyId] uniqueidentifier NULL,
        [RequestId] varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Act] varchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Writes] bit NOT NULL,
        [PlanId] uniqueidentifier NULL,
        [Part] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [PartId] uniqueidentifier NULL,
        [ResultId] uniqueidentifier NULL,
        [Purpose] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [Verdict] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Salt] varbinary(16) NOT NULL,
        [ContentHash] varbinary(32) NOT NULL,
        [LeafHash] varbinary(32) NOT NULL,
        [Sequence] bigint NULL,
        CONSTRAINT [PK_Journal] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [JournalLengths] (
        [Id] int NOT NULL IDENTITY,
        [Size] bigint NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_JournalLengths] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [JournalTiles] (
        [Place] bigint NOT NULL IDENTITY,
        [Hash] varbinary(32) NOT NULL,
        CONSTRAINT [PK_JournalTiles] PRIMARY KEY ([Place])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [MailedUpTo] (
        [Id] int NOT NULL,
        [Next] bigint NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_MailedUpTo] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [OpenIddictApplications] (
        [Id] uniqueidentifier NOT NULL,
        [ApplicationType] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [ClientId] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [ClientSecret] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ClientType] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [ConcurrencyToken] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [ConsentType] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [DisplayName] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [DisplayNames] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [JsonWebKeySet] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Permissions] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [PostLogoutRedirectUris] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Properties] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [RedirectUris] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Requirements] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Settings] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_OpenIddictApplications] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [OpenIddictScopes] (
        [Id] uniqueidentifier NOT NULL,
        [ConcurrencyToken] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [Description] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Descriptions] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [DisplayName] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [DisplayNames] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [Properties] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Resources] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_OpenIddictScopes] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [UsedAssertions] (
        [ClientId] varchar(80) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [IdHash] varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ExpiresAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_UsedAssertions] PRIMARY KEY ([ClientId], [IdHash])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Clients] (
        [Id] uniqueidentifier NOT NULL,
        [ClientId] varchar(80) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AgencyId] uniqueidentifier NOT NULL,
        [Scopes] nvarchar(max) NOT NULL,
        [From] datetimeoffset NOT NULL,
        [Until] datetimeoffset NULL,
        CONSTRAINT [PK_Clients] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Clients_Agencies_AgencyId] FOREIGN KEY ([AgencyId]) REFERENCES [Agencies] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Persons] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Email] nvarchar(254) COLLATE Latin1_General_100_BIN2 NULL,
        [AgencyId] uniqueidentifier NULL,
        [UsualRole] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_Persons] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Persons_Agencies_AgencyId] FOREIGN KEY ([AgencyId]) REFERENCES [Agencies] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Plans] (
        [Id] uniqueidentifier NOT NULL,
        [Kind] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Framework] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Authority] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [StartedOn] date NOT NULL,
        [OpenedAt] datetimeoffset NOT NULL,
        [LeadParticipantId] uniqueidentifier NOT NULL,
        [AdoptedAt] datetimeoffset NULL,
        [Version] int NOT NULL,
        [Child_DateOfBirth] date NOT NULL,
        [Child_FamilyName] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Child_GivenName] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Child_Identifiers] nvarchar(max) NOT NULL,
        [Child_KnownAs] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_Plans] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Plans_Frameworks_Framework] FOREIGN KEY ([Framework]) REFERENCES [Frameworks] ([Code]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [OpenIddictAuthorizations] (
        [Id] uniqueidentifier NOT NULL,
        [ApplicationId] uniqueidentifier NULL,
        [ConcurrencyToken] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [CreationDate] datetime2 NULL,
        [Properties] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Scopes] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Status] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [Subject] nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
        [Type] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_OpenIddictAuthorizations] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_OpenIddictAuthorizations_OpenIddictApplications_ApplicationId] FOREIGN KEY ([ApplicationId]) REFERENCES [OpenIddictApplications] ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Accounts] (
        [Id] uniqueidentifier NOT NULL,
        [DisabledAt] datetimeoffset NULL,
        [TotpSecret] varchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [LastTotpStep] bigint NOT NULL,
        [RecoveryCodes] varchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [LinkCode] varchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [PasswordHash] varchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [SecurityStamp] varchar(36) COLLATE Latin1_General_100_BIN2 NULL,
        [ConcurrencyStamp] varchar(36) COLLATE Latin1_General_100_BIN2 NULL,
        [TwoFactorEnabled] bit NOT NULL,
        [LockoutEnd] datetimeoffset NULL,
        [AccessFailedCount] int NOT NULL,
        CONSTRAINT [PK_Accounts] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Accounts_Persons_Id] FOREIGN KEY ([Id]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Appointments] (
        [Id] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [Office] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AgencyId] uniqueidentifier NULL,
        [Authority] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [From] datetimeoffset NOT NULL,
        [Until] datetimeoffset NULL,
        CONSTRAINT [PK_Appointments] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Appointments_Agencies_AgencyId] FOREIGN KEY ([AgencyId]) REFERENCES [Agencies] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Appointments_Persons_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [AuthorityClocks] (
        [Authority] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Settings] nvarchar(max) NOT NULL,
        [ChangedById] uniqueidentifier NOT NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_AuthorityClocks] PRIMARY KEY ([Authority]),
        CONSTRAINT [FK_AuthorityClocks_Persons_ChangedById] FOREIGN KEY ([ChangedById]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Expertise] (
        [PersonId] uniqueidentifier NOT NULL,
        [CanDo] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CannotDo] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AgeFrom] int NOT NULL,
        [AgeTo] int NOT NULL,
        [Area] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [HowToReach] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ConfirmedOn] date NOT NULL,
        [Searchable] nvarchar(2201) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_Expertise] PRIMARY KEY ([PersonId]),
        CONSTRAINT [FK_Expertise_Persons_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [MailChoices] (
        [PersonId] uniqueidentifier NOT NULL,
        [Digest] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RecheckNeeded] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RestrictionChanged] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ReplyOwed] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ToldUpTo] datetimeoffset NULL,
        CONSTRAINT [PK_MailChoices] PRIMARY KEY ([PersonId]),
        CONSTRAINT [FK_MailChoices_Persons_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [OutgoingMails] (
        [Id] uniqueidentifier NOT NULL,
        [Kind] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ToPersonId] uniqueidentifier NOT NULL,
        [AboutId] uniqueidentifier NULL,
        [SealedText] varchar(8000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [WrittenAt] datetimeoffset NOT NULL,
        [Attempts] int NOT NULL,
        [NextAttemptAt] datetimeoffset NULL,
        [SentAt] datetimeoffset NULL,
        [LastFailure] varchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_OutgoingMails] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_OutgoingMails_Persons_ToPersonId] FOREIGN KEY ([ToPersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [ProviderSubjects] (
        [Issuer] varchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Subject] varchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [BoundAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_ProviderSubjects] PRIMARY KEY ([Issuer], [Subject]),
        CONSTRAINT [FK_ProviderSubjects_Persons_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [EmergencyAccesses] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [AgencyId] uniqueidentifier NULL,
        [Purpose] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Justification] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CaseReference] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [GrantedAt] datetimeoffset NOT NULL,
        [ExpiresAt] datetimeoffset NOT NULL,
        [EndedAt] datetimeoffset NULL,
        [ReviewDue] date NOT NULL,
        [ReviewedById] uniqueidentifier NULL,
        [ReviewedAt] datetimeoffset NULL,
        [Justified] bit NULL,
        [Finding] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_EmergencyAccesses] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_EmergencyAccesses_Agencies_AgencyId] FOREIGN KEY ([AgencyId]) REFERENCES [Agencies] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_EmergencyAccesses_Persons_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_EmergencyAccesses_Persons_ReviewedById] FOREIGN KEY ([ReviewedById]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_EmergencyAccesses_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [IdentifierDigests] (
        [PlanId] uniqueidentifier NOT NULL,
        [Digest] varbinary(32) NOT NULL,
        CONSTRAINT [PK_IdentifierDigests] PRIMARY KEY ([Digest], [PlanId]),
        CONSTRAINT [FK_IdentifierDigests_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Participants] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [Role] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AgencyId] uniqueidentifier NULL,
        [SpeaksForId] uniqueidentifier NULL,
        [From] datetimeoffset NOT NULL,
        [Until] datetimeoffset NULL,
        [CoverId] uniqueidentifier NULL,
        [NameReleasedToParents] bit NOT NULL,
        [Focus] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [FocusStatedAt] datetimeoffset NULL,
        [Basis] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [BasisWhy] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Participants] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Participants_Agencies_AgencyId] FOREIGN KEY ([AgencyId]) REFERENCES [Agencies] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Participants_Participants_CoverId] FOREIGN KEY ([CoverId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Participants_Participants_SpeaksForId] FOREIGN KEY ([SpeaksForId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Participants_Persons_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Participants_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [OpenIddictTokens] (
        [Id] uniqueidentifier NOT NULL,
        [ApplicationId] uniqueidentifier NULL,
        [AuthorizationId] uniqueidentifier NULL,
        [ConcurrencyToken] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [CreationDate] datetime2 NULL,
        [ExpirationDate] datetime2 NULL,
        [Payload] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Properties] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [RedemptionDate] datetime2 NULL,
        [ReferenceId] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
        [Status] nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL,
        [Subject] nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
        [Type] nvarchar(150) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_OpenIddictTokens] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_OpenIddictTokens_OpenIddictApplications_ApplicationId] FOREIGN KEY ([ApplicationId]) REFERENCES [OpenIddictApplications] ([Id]),
        CONSTRAINT [FK_OpenIddictTokens_OpenIddictAuthorizations_AuthorizationId] FOREIGN KEY ([AuthorizationId]) REFERENCES [OpenIddictAuthorizations] ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Attachments] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ContributionId] uniqueidentifier NOT NULL,
        [MediaType] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Size] int NOT NULL,
        [Sha256] varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AddedById] uniqueidentifier NOT NULL,
        [AddedAt] datetimeoffset NOT NULL,
        [RemovedAt] datetimeoffset NULL,
        CONSTRAINT [PK_Attachments] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Attachments_Participants_AddedById] FOREIGN KEY ([AddedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Attachments_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Consents] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [GiverId] uniqueidentifier NOT NULL,
        [Scope] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Covers] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [GivenAt] datetimeoffset NOT NULL,
        [RecordedById] uniqueidentifier NOT NULL,
        [RecordedAt] datetimeoffset NOT NULL,
        [WithdrawnAt] datetimeoffset NULL,
        [WithdrawnById] uniqueidentifier NULL,
        [WithdrawnWhy] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_Consents] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Consents_Participants_GiverId] FOREIGN KEY ([GiverId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Consents_Participants_RecordedById] FOREIGN KEY ([RecordedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Consents_Participants_WithdrawnById] FOREIGN KEY ([WithdrawnById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Consents_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Invitations] (
        [Id] uniqueidentifier NOT NULL,
        [PersonId] uniqueidentifier NOT NULL,
        [ParticipantId] uniqueidentifier NULL,
        [InvitedById] uniqueidentifier NULL,
        [IsAskedFor] bit NOT NULL,
        [TokenHash] varchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SealedCode] varchar(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SentAt] datetimeoffset NOT NULL,
        [ExpiresAt] datetimeoffset NOT NULL,
        [WrongCodes] int NOT NULL,
        [AcceptedAt] datetimeoffset NULL,
        [RevokedAt] datetimeoffset NULL,
        CONSTRAINT [PK_Invitations] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Invitations_Participants_InvitedById] FOREIGN KEY ([InvitedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Invitations_Participants_ParticipantId] FOREIGN KEY ([ParticipantId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Invitations_Persons_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [PlanMoves] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [From] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [To] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_PlanMoves] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_PlanMoves_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_PlanMoves_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Reviews] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [Title] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [OpensOn] date NOT NULL,
        [ClosesOn] date NOT NULL,
        [InvitesEveryone] bit NOT NULL,
        [OpenedById] uniqueidentifier NOT NULL,
        [OpenedAt] datetimeoffset NOT NULL,
        [ClosedAt] datetimeoffset NULL,
        [ClosedById] uniqueidentifier NULL,
        [LeftOpen] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
        [OutcomesLeftOpen] nvarchar(max) NOT NULL,
        [SignedAt] datetimeoffset NULL,
        [SignedById] uniqueidentifier NULL,
        [Version] int NOT NULL,
        [Meetings] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_Reviews] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Reviews_Participants_ClosedById] FOREIGN KEY ([ClosedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Reviews_Participants_OpenedById] FOREIGN KEY ([OpenedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Reviews_Participants_SignedById] FOREIGN KEY ([SignedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Reviews_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Targets] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [Outcome] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [What] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [How] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Why] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [WhereNext] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Measure] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Due] date NULL,
        [State] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SetById] uniqueidentifier NOT NULL,
        [SetAt] datetimeoffset NOT NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Targets] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Targets_Participants_SetById] FOREIGN KEY ([SetById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Targets_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [UnsafeAddresses] (
        [ParticipantId] uniqueidentifier NOT NULL,
        [MarkedById] uniqueidentifier NOT NULL,
        [MarkedAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_UnsafeAddresses] PRIMARY KEY ([ParticipantId]),
        CONSTRAINT [FK_UnsafeAddresses_Participants_MarkedById] FOREIGN KEY ([MarkedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_UnsafeAddresses_Participants_ParticipantId] FOREIGN KEY ([ParticipantId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [WithheldDecisions] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [From] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [FromIds] nvarchar(max) NOT NULL,
        [What] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Why] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_WithheldDecisions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_WithheldDecisions_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_WithheldDecisions_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [AttachmentContents] (
        [AttachmentId] uniqueidentifier NOT NULL,
        [Bytes] varbinary(max) NOT NULL,
        CONSTRAINT [PK_AttachmentContents] PRIMARY KEY ([AttachmentId]),
        CONSTRAINT [FK_AttachmentContents_Attachments_AttachmentId] FOREIGN KEY ([AttachmentId]) REFERENCES [Attachments] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Disclosures] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [Origin] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [To] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [What] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Purpose] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Basis] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Condition] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [Agreement] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [ConsentId] uniqueidentifier NULL,
        [ConsentGiverId] uniqueidentifier NULL,
        [EmergencyAccessId] uniqueidentifier NULL,
        [ById] uniqueidentifier NULL,
        [SharedAt] datetimeoffset NOT NULL,
        [RecordedAt] datetimeoffset NOT NULL,
        [OpenToFamily] bit NOT NULL,
        CONSTRAINT [PK_Disclosures] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Disclosures_Consents_ConsentId] FOREIGN KEY ([ConsentId]) REFERENCES [Consents] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Disclosures_EmergencyAccesses_EmergencyAccessId] FOREIGN KEY ([EmergencyAccessId]) REFERENCES [EmergencyAccesses] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Disclosures_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Disclosures_Participants_ConsentGiverId] FOREIGN KEY ([ConsentGiverId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Disclosures_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [PlanCopies] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [MoveId] uniqueidentifier NOT NULL,
        [KeeperId] uniqueidentifier NOT NULL,
        [ChildName] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Content] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [MadeAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_PlanCopies] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_PlanCopies_Persons_KeeperId] FOREIGN KEY ([KeeperId]) REFERENCES [Persons] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_PlanCopies_PlanMoves_MoveId] FOREIGN KEY ([MoveId]) REFERENCES [PlanMoves] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_PlanCopies_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Addenda] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ReviewId] uniqueidentifier NOT NULL,
        [Words] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_Addenda] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Addenda_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Addenda_Reviews_ReviewId] FOREIGN KEY ([ReviewId]) REFERENCES [Reviews] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [CarriedForward] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ReviewId] uniqueidentifier NOT NULL,
        [Kind] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SubjectId] uniqueidentifier NOT NULL,
        [StillTrue] bit NULL,
        [Note] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL,
        [AnsweredById] uniqueidentifier NULL,
        [AnsweredAt] datetimeoffset NULL,
        CONSTRAINT [PK_CarriedForward] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_CarriedForward_Participants_AnsweredById] FOREIGN KEY ([AnsweredById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_CarriedForward_Reviews_ReviewId] FOREIGN KEY ([ReviewId]) REFERENCES [Reviews] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Contributions] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ReviewId] uniqueidentifier NOT NULL,
        [Outcome] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [VoiceId] uniqueidentifier NOT NULL,
        [ProxyId] uniqueidentifier NULL,
        [AssertedById] uniqueidentifier NULL,
        [Mode] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Audience] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ReaderIds] nvarchar(max) NOT NULL,
        [ReaderAgencyIds] nvarchar(max) NOT NULL,
        [FirstSignedAt] datetimeoffset NOT NULL,
        [ConfirmedAt] datetimeoffset NULL,
        [WithdrawnAt] datetimeoffset NULL,
        CONSTRAINT [PK_Contributions] PRIMARY KEY NONCLUSTERED ([Id]),
        CONSTRAINT [FK_Contributions_Clients_AssertedById] FOREIGN KEY ([AssertedById]) REFERENCES [Clients] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Contributions_Participants_ProxyId] FOREIGN KEY ([ProxyId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Contributions_Participants_VoiceId] FOREIGN KEY ([VoiceId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Contributions_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Contributions_Reviews_ReviewId] FOREIGN KEY ([ReviewId]) REFERENCES [Reviews] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Decisions] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ReviewId] uniqueidentifier NOT NULL,
        [Outcomes] nvarchar(max) NOT NULL,
        [What] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [How] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Why] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [WhereNext] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Because] nvarchar(max) NOT NULL,
        [DecidedAt] datetimeoffset NOT NULL,
        [DecidedById] uniqueidentifier NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Decisions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Decisions_Participants_DecidedById] FOREIGN KEY ([DecidedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Decisions_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Decisions_Reviews_ReviewId] FOREIGN KEY ([ReviewId]) REFERENCES [Reviews] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Voices] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ReviewId] uniqueidentifier NOT NULL,
        [ParticipantId] uniqueidentifier NOT NULL,
        [InvitedAt] datetimeoffset NOT NULL,
        [Declined] bit NOT NULL,
        [CouldNotBeReached] bit NOT NULL,
        [Addressed] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL,
        [AddressedById] uniqueidentifier NULL,
        [DelegateId] uniqueidentifier NULL,
        [DelegatedAt] datetimeoffset NULL,
        [Version] int NOT NULL,
        [Absence_Note] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [Absence_Reason] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [Absence_Until] date NULL,
        [Attempts] nvarchar(max) NOT NULL,
        CONSTRAINT [PK_Voices] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Voices_Participants_AddressedById] FOREIGN KEY ([AddressedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Voices_Participants_DelegateId] FOREIGN KEY ([DelegateId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Voices_Participants_ParticipantId] FOREIGN KEY ([ParticipantId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Voices_Reviews_ReviewId] FOREIGN KEY ([ReviewId]) REFERENCES [Reviews] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [ProgressNotes] (
        [Id] uniqueidentifier NOT NULL,
        [TargetId] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [Words] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [On] date NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_ProgressNotes] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ProgressNotes_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_ProgressNotes_Targets_TargetId] FOREIGN KEY ([TargetId]) REFERENCES [Targets] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Rewordings] (
        [Id] uniqueidentifier NOT NULL,
        [TargetId] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [Before] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Words] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        [Reply] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ReplyById] uniqueidentifier NULL,
        [RepliedAt] datetimeoffset NULL,
        CONSTRAINT [PK_Rewordings] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Rewordings_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Rewordings_Participants_ReplyById] FOREIGN KEY ([ReplyById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Rewordings_Targets_TargetId] FOREIGN KEY ([TargetId]) REFERENCES [Targets] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [ContributionVersions] (
        [ContributionId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Words] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Outlook] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [Summary] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [WhatChanged] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
        [ById] uniqueidentifier NOT NULL,
        [SignedAt] datetimeoffset NOT NULL,
        CONSTRAINT [PK_ContributionVersions] PRIMARY KEY ([ContributionId], [Number]),
        CONSTRAINT [FK_ContributionVersions_Contributions_ContributionId] FOREIGN KEY ([ContributionId]) REFERENCES [Contributions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_ContributionVersions_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Drafts] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ReviewId] uniqueidentifier NOT NULL,
        [Outcome] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AuthorId] uniqueidentifier NOT NULL,
        [OnBehalfOfId] uniqueidentifier NULL,
        [Words] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Outlook] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [Summary] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Audience] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ReaderIds] nvarchar(max) NOT NULL,
        [ReaderAgencyIds] nvarchar(max) NOT NULL,
        [SaidInMeeting] bit NOT NULL,
        [RevisesId] uniqueidentifier NULL,
        [WhatChanged] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
        [Focus] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [ShownToId] uniqueidentifier NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Drafts] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Drafts_Contributions_RevisesId] FOREIGN KEY ([RevisesId]) REFERENCES [Contributions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Drafts_Participants_AuthorId] FOREIGN KEY ([AuthorId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Drafts_Participants_OnBehalfOfId] FOREIGN KEY ([OnBehalfOfId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Drafts_Participants_ShownToId] FOREIGN KEY ([ShownToId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Drafts_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Drafts_Reviews_ReviewId] FOREIGN KEY ([ReviewId]) REFERENCES [Reviews] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Questions] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ReviewId] uniqueidentifier NOT NULL,
        [ContributionId] uniqueidentifier NOT NULL,
        [ToSummary] bit NOT NULL,
        [Kind] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Words] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [AnswerById] uniqueidentifier NOT NULL,
        [Due] date NOT NULL,
        [At] datetimeoffset NOT NULL,
        [AnsweredAt] datetimeoffset NULL,
        CONSTRAINT [PK_Questions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Questions_Contributions_ContributionId] FOREIGN KEY ([ContributionId]) REFERENCES [Contributions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Questions_Participants_AnswerById] FOREIGN KEY ([AnswerById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Questions_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Questions_Reviews_ReviewId] FOREIGN KEY ([ReviewId]) REFERENCES [Reviews] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Responses] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ContributionId] uniqueidentifier NOT NULL,
        [ToSummary] bit NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [Stance] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Reason] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_Responses] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Responses_Contributions_ContributionId] FOREIGN KEY ([ContributionId]) REFERENCES [Contributions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Responses_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Restrictions] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [Kind] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [FromId] uniqueidentifier NOT NULL,
        [SubjectId] uniqueidentifier NULL,
        [ContributionId] uniqueidentifier NULL,
        [Reason] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ReviewOn] date NOT NULL,
        [SetById] uniqueidentifier NOT NULL,
        [SetAt] datetimeoffset NOT NULL,
        [LiftedById] uniqueidentifier NULL,
        [LiftedAt] datetimeoffset NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Restrictions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Restrictions_Contributions_ContributionId] FOREIGN KEY ([ContributionId]) REFERENCES [Contributions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Restrictions_Participants_FromId] FOREIGN KEY ([FromId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Restrictions_Participants_LiftedById] FOREIGN KEY ([LiftedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Restrictions_Participants_SetById] FOREIGN KEY ([SetById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Restrictions_Participants_SubjectId] FOREIGN KEY ([SubjectId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Restrictions_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Actions] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [Outcome] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [DecisionId] uniqueidentifier NULL,
        [What] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [How] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Why] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [WhereNext] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Due] date NULL,
        [State] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Result] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
        [AgreedById] uniqueidentifier NOT NULL,
        [AgreedAt] datetimeoffset NOT NULL,
        [ChangedAt] datetimeoffset NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Actions] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Actions_Decisions_DecisionId] FOREIGN KEY ([DecisionId]) REFERENCES [Decisions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Actions_Participants_AgreedById] FOREIGN KEY ([AgreedById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Actions_Plans_PlanId] FOREIGN KEY ([PlanId]) REFERENCES [Plans] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [DecisionResponses] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [DecisionId] uniqueidentifier NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [Stance] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Reason] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [About] varchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_DecisionResponses] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_DecisionResponses_Decisions_DecisionId] FOREIGN KEY ([DecisionId]) REFERENCES [Decisions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_DecisionResponses_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [DecisionWordings] (
        [DecisionId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [What] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [How] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [Why] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [WhereNext] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NULL,
        [ById] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_DecisionWordings] PRIMARY KEY ([DecisionId], [Number]),
        CONSTRAINT [FK_DecisionWordings_Decisions_DecisionId] FOREIGN KEY ([DecisionId]) REFERENCES [Decisions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_DecisionWordings_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Rechecks] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [DecisionId] uniqueidentifier NOT NULL,
        [Finding] nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Changed] bit NOT NULL,
        [Considered] nvarchar(max) NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_Rechecks] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Rechecks_Decisions_DecisionId] FOREIGN KEY ([DecisionId]) REFERENCES [Decisions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Rechecks_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Answers] (
        [Id] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [QuestionId] uniqueidentifier NOT NULL,
        [Kind] varchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Words] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [OnlyForAsker] bit NOT NULL,
        [ById] uniqueidentifier NOT NULL,
        [At] datetimeoffset NOT NULL,
        CONSTRAINT [PK_Answers] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Answers_Participants_ById] FOREIGN KEY ([ById]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Answers_Questions_QuestionId] FOREIGN KEY ([QuestionId]) REFERENCES [Questions] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [ActionHolders] (
        [Id] uniqueidentifier NOT NULL,
        [ActionId] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [ParticipantId] uniqueidentifier NOT NULL,
        [Since] datetimeoffset NOT NULL,
        [Until] datetimeoffset NULL,
        CONSTRAINT [PK_ActionHolders] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ActionHolders_Actions_ActionId] FOREIGN KEY ([ActionId]) REFERENCES [Actions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_ActionHolders_Participants_ParticipantId] FOREIGN KEY ([ParticipantId]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE TABLE [Handovers] (
        [Id] uniqueidentifier NOT NULL,
        [ActionId] uniqueidentifier NOT NULL,
        [PlanId] uniqueidentifier NOT NULL,
        [From] uniqueidentifier NOT NULL,
        [To] uniqueidentifier NOT NULL,
        [KeepDoing] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [OfferedAt] datetimeoffset NOT NULL,
        [AcceptedAt] datetimeoffset NULL,
        [HandedBackAt] datetimeoffset NULL,
        [HandedBackWhy] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_Handovers] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Handovers_Actions_ActionId] FOREIGN KEY ([ActionId]) REFERENCES [Actions] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Handovers_Participants_From] FOREIGN KEY ([From]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION,
        CONSTRAINT [FK_Handovers_Participants_To] FOREIGN KEY ([To]) REFERENCES [Participants] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_ActionHolders_ActionId] ON [ActionHolders] ([ActionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_ActionHolders_ParticipantId] ON [ActionHolders] ([ParticipantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Actions_PlanId] ON [Actions] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Addenda_ReviewId] ON [Addenda] ([ReviewId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Agencies_Name] ON [Agencies] ([Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Answers_QuestionId] ON [Answers] ([QuestionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Appointments_Authority] ON [Appointments] ([Authority]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Appointments_PersonId_Office] ON [Appointments] ([PersonId], [Office]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Attachments_ContributionId] ON [Attachments] ([ContributionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_CarriedForward_ReviewId] ON [CarriedForward] ([ReviewId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Clients_AgencyId] ON [Clients] ([AgencyId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Clients_ClientId] ON [Clients] ([ClientId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Consents_PlanId] ON [Consents] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE CLUSTERED INDEX [IX_Contributions_PlanId_ReviewId] ON [Contributions] ([PlanId], [ReviewId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_DecisionResponses_DecisionId] ON [DecisionResponses] ([DecisionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Decisions_ReviewId] ON [Decisions] ([ReviewId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Disclosures_PlanId] ON [Disclosures] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Drafts_AuthorId] ON [Drafts] ([AuthorId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Drafts_ShownToId] ON [Drafts] ([ShownToId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_EmergencyAccesses_PersonId_ExpiresAt] ON [EmergencyAccesses] ([PersonId], [ExpiresAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_EmergencyAccesses_PlanId] ON [EmergencyAccesses] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_EmergencyAccesses_ReviewDue] ON [EmergencyAccesses] ([ReviewDue]) WHERE "ReviewedAt" IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Handovers_ActionId] ON [Handovers] ([ActionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Handovers_To] ON [Handovers] ([To]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Invitations_ParticipantId] ON [Invitations] ([ParticipantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Invitations_PersonId] ON [Invitations] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Invitations_TokenHash] ON [Invitations] ([TokenHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Journal_At] ON [Journal] ([At]) WHERE "Sequence" IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Journal_LeafHash] ON [Journal] ([LeafHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Journal_Newest] ON [Journal] ([At]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Journal_PersonId_At] ON [Journal] ([PersonId], [At]) WHERE "Act" = ''SearchInEmergency''');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Journal_PlanId_At] ON [Journal] ([PlanId], [At]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_Journal_Sequence] ON [Journal] ([Sequence]) WHERE "Sequence" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_OpenIddictApplications_ClientId] ON [OpenIddictApplications] ([ClientId]) WHERE [ClientId] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_OpenIddictAuthorizations_ApplicationId_Status_Subject_Type] ON [OpenIddictAuthorizations] ([ApplicationId], [Status], [Subject], [Type]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_OpenIddictScopes_Name] ON [OpenIddictScopes] ([Name]) WHERE [Name] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_OpenIddictTokens_ApplicationId_Status_Subject_Type] ON [OpenIddictTokens] ([ApplicationId], [Status], [Subject], [Type]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_OpenIddictTokens_AuthorizationId] ON [OpenIddictTokens] ([AuthorizationId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_OpenIddictTokens_ReferenceId] ON [OpenIddictTokens] ([ReferenceId]) WHERE [ReferenceId] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_OutgoingMails_AboutId] ON [OutgoingMails] ([AboutId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_OutgoingMails_NextAttemptAt] ON [OutgoingMails] ([NextAttemptAt]) WHERE "NextAttemptAt" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_OutgoingMails_ToPersonId_WrittenAt] ON [OutgoingMails] ([ToPersonId], [WrittenAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Participants_PersonId] ON [Participants] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Participants_PlanId_PersonId] ON [Participants] ([PlanId], [PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Persons_AgencyId_Name] ON [Persons] ([AgencyId], [Name]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_Persons_Email] ON [Persons] ([Email]) WHERE [Email] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_PlanCopies_KeeperId] ON [PlanCopies] ([KeeperId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_PlanMoves_PlanId] ON [PlanMoves] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_ProgressNotes_TargetId] ON [ProgressNotes] ([TargetId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Questions_AnswerById] ON [Questions] ([AnswerById]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Questions_ContributionId] ON [Questions] ([ContributionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Questions_ReviewId] ON [Questions] ([ReviewId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Rechecks_DecisionId] ON [Rechecks] ([DecisionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Responses_ContributionId] ON [Responses] ([ContributionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Restrictions_FromId] ON [Restrictions] ([FromId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Restrictions_PlanId] ON [Restrictions] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Reviews_PlanId] ON [Reviews] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Rewordings_TargetId] ON [Rewordings] ([TargetId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Targets_PlanId] ON [Targets] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_Voices_ParticipantId] ON [Voices] ([ParticipantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Voices_ReviewId_ParticipantId] ON [Voices] ([ReviewId], [ParticipantId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    CREATE INDEX [IX_WithheldDecisions_PlanId] ON [WithheldDecisions] ([PlanId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126224615_Initial'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261126224615_Initial', N'10.0.15');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126230957_WhatWaits'
)
BEGIN
    DROP INDEX [IX_Contributions_PlanId_ReviewId] ON [Contributions];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126230957_WhatWaits'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Handovers_From] ON [Handovers] ([From]) WHERE "AcceptedAt" IS NULL AND "HandedBackAt" IS NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126230957_WhatWaits'
)
BEGIN
    CREATE CLUSTERED INDEX [IX_Contributions_PlanId_ReviewId_VoiceId] ON [Contributions] ([PlanId], [ReviewId], [VoiceId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126230957_WhatWaits'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Contributions_VoiceId] ON [Contributions] ([VoiceId]) WHERE "ConfirmedAt" IS NULL AND "Mode" = ''ByProxy''');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261126230957_WhatWaits'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261126230957_WhatWaits', N'10.0.15');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127095328_DirectoryWords'
)
BEGIN
    DECLARE @var nvarchar(max);
    SELECT @var = QUOTENAME([d].[name])
    FROM [sys].[default_constraints] [d]
    INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
    WHERE ([d].[parent_object_id] = OBJECT_ID(N'[Expertise]') AND [c].[name] = N'Searchable');
    IF @var IS NOT NULL EXEC(N'ALTER TABLE [Expertise] DROP CONSTRAINT ' + @var + ';');
    ALTER TABLE [Expertise] DROP COLUMN [Searchable];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127095328_DirectoryWords'
)
BEGIN
    CREATE TABLE [ExpertiseWords] (
        [PersonId] uniqueidentifier NOT NULL,
        [Word] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_ExpertiseWords] PRIMARY KEY ([Word], [PersonId]),
        CONSTRAINT [FK_ExpertiseWords_Expertise_PersonId] FOREIGN KEY ([PersonId]) REFERENCES [Expertise] ([PersonId]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127095328_DirectoryWords'
)
BEGIN
    CREATE INDEX [IX_ExpertiseWords_PersonId] ON [ExpertiseWords] ([PersonId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127095328_DirectoryWords'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261127095328_DirectoryWords', N'10.0.15');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127101432_ReceiptsOfWrites'
)
BEGIN
    DROP INDEX [IX_Journal_LeafHash] ON [Journal];
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127101432_ReceiptsOfWrites'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Journal_LeafHash] ON [Journal] ([LeafHash]) WHERE "ResultId" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127101432_ReceiptsOfWrites'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261127101432_ReceiptsOfWrites', N'10.0.15');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127140059_FeedIndexes'
)
BEGIN
    CREATE INDEX [IX_Participants_AgencyId_From] ON [Participants] ([AgencyId], [From]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127140059_FeedIndexes'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Participants_AgencyId_Until] ON [Participants] ([AgencyId], [Until]) WHERE "Until" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127140059_FeedIndexes'
)
BEGIN
    CREATE INDEX [IX_Participants_PlanId_AgencyId_From_Until_Role] ON [Participants] ([PlanId], [AgencyId], [From], [Until], [Role]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127140059_FeedIndexes'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Journal_Verdict_Sequence_PlanId_ResultId] ON [Journal] ([Verdict], [Sequence], [PlanId], [ResultId]) WHERE "Sequence" IS NOT NULL AND "ResultId" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261127140059_FeedIndexes'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261127140059_FeedIndexes', N'10.0.15');
END;

COMMIT;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261128084031_WithdrawnViews'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Contributions_PlanId] ON [Contributions] ([PlanId]) WHERE "WithdrawnAt" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261128084031_WithdrawnViews'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261128084031_WithdrawnViews', N'10.0.15');
END;

COMMIT;
GO

