using System.Globalization;
using System.Text.Json;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// An installation for real plans, in which several people write into several plans. It is made once, by the product itself in
/// process, and each test begins with a copy. Its issuer made the tokens, so that a published server takes them like any other.
/// </summary>
internal sealed class Installation : IDisposable
{
    public const int Writers = 8;
    public const string Outcome = "enjoy-and-achieve";

    /// <summary>Set to <c>long</c> where there is time for more than is done every time.</summary>
    private const string Switch = "FAULTS";

    private const int PlanCount = 10;
    private static readonly Role[] Roles = [Role.Teacher, Role.Nurse, Role.SocialWorker, Role.Mentor, Role.Senco, Role.EducationalPsychologist, Role.CamhsPractitioner, Role.DesignatedTeacher];
    private static readonly Lazy<Task<Made>> First = new(Make);

    private readonly Made made;

    private Installation(Made made, string directory) => (this.made, Directory) = (made, directory);

    public static bool IsLong => Environment.GetEnvironmentVariable(Switch) is "long";

    public string Directory { get; }

    public string Database => Path.Combine(Directory, "caseplanning.db");

    public IReadOnlyList<Place> Plans => made.Plans;

    /// <summary>Coordinates all plans, and has no need to write views.</summary>
    public string Lead => made.Lead;

    public string TokenOf(int writer) => made.Writers[writer];

    /// <param name="directory">Where it is to be; a directory of its own unless said otherwise.</param>
    public static async Task<Installation> Copy(string? directory = null)
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About a SQLite file.");
        var copy = new Installation(await First.Value, directory ?? System.IO.Directory.CreateTempSubdirectory("caseplanning-faults-").FullName);
        copy.TakeFrom(copy.made.Directory, _ => true);
        return copy;
    }

    /// <summary>The same installation, on a disk that holds something else under the database's name.</summary>
    public Installation WithDatabaseOf(string disk)
    {
        var copy = new Installation(made, System.IO.Directory.CreateTempSubdirectory("caseplanning-faults-").FullName);
        copy.TakeFrom(Directory, file => !file.StartsWith(Path.GetFileName(Database), StringComparison.Ordinal));
        copy.TakeFrom(disk, _ => true);
        return copy;
    }

    public Task<ServerProcess> Serve(ReleaseBuild release, params (string Name, string Value)[] more) => ServerProcess.Start(release, Directory, SettingsWith(more));

    public Dictionary<string, string> SettingsWith(params (string Name, string Value)[] more)
    {
        var settings = ProductionSettings.In(Directory).ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value);
        settings["Data__Directory"] = Directory;
        settings["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        settings["Logging__LogLevel__Default"] = "Error";
        settings["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var limit in Enum.GetNames<Limit>())
            settings[$"RateLimits__{limit}__Requests"] = "1000000";
        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    }

    /// <summary>What the database says of itself: <c>ok</c>.</summary>
    public async Task<string> Integrity()
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check;";
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>
    /// Has the journal signed to its end and exported, and the published program verify it, with all checkpoints that ever left
    /// the database.
    /// </summary>
    /// <returns>What was made by each entry that says that a view was added.</returns>
    public async Task<(int Entries, IReadOnlyList<string> ViewsAdded)> VerifiedJournal(ReleaseBuild release)
    {
        string lines, key;
        await using (var host = new PlanningHost { DataDirectory = Directory, Environment = "Production", ComparesJournal = false })
        {
            host.Clock.Now = TimeProvider.System.GetUtcNow();
            await host.InitializeAsync();
            await host.SignJournal();
            using var petra = host.SignInAs("petra");
            lines = (await petra.Get("/audit/export")).Expect(200)["lines"].GetString()!;
            using var anybody = host.CreateClient();
            key = await anybody.GetStringAsync("/.well-known/journal-key");
        }

        var (journal, keyFile) = (Path.Combine(Directory, "journal.ndjson"), Path.Combine(Directory, "journal-key.pem"));
        await File.WriteAllTextAsync(journal, lines);
        await File.WriteAllTextAsync(keyFile, key);
        var verdict = await release.RunVerb(
            ["audit", "verify", journal, "--key", keyFile, "--checkpoints", Path.Combine(Directory, "journal", "checkpoints.ndjson")], Directory, []);
        Assert.True(verdict.Exit == 0, $"The journal does not verify: {verdict.Output}{verdict.Errors}");
        var entries = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("act", out _)).ToList();
        return (entries.Count, [.. entries
            .Where(e => e.GetProperty("act").GetString() == "AddContribution" && e.GetProperty("verdict").GetString() == "Allowed")
            .Select(e => e.GetProperty("result").GetString()!)]);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private void TakeFrom(string directory, Func<string, bool> which)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(file => which(Path.GetFileName(file))))
        {
            var copy = Path.Combine(Directory, Path.GetRelativePath(directory, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static async Task<Made> Make()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("caseplanning-faults-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        Made made;
        await using (var host = new PlanningHost { DataDirectory = directory, Environment = "Production" })
        {
            // The tokens must be good for servers that go by the real time.
            host.Clock.Now = TimeProvider.System.GetUtcNow();
            await host.InitializeAsync();
            await Employ(host);
            var plans = new List<Place>();
            for (var i = 0; i < PlanCount; i++)
                plans.Add(await OpenPlan(host, i));
            var tokens = new List<string>();
            for (var i = 0; i < Writers; i++)
                tokens.Add(await host.TokenOf($"writer{i}"));
            made = new Made(directory, await host.TokenOf("hamo"), tokens, plans);
        }

        SqliteConnection.ClearAllPools();
        return made;
    }

    /// <summary>The first people: nobody can bring themselves in through the API.</summary>
    private static Task<int> Employ(PlanningHost host) => host.Write(database =>
    {
        var now = host.Clock.Now;
        var agency = new Agency("Thornmere Borough Council", AgencyKind.LocalAuthority, "thornmere", now);
        var officer = new Person("Petra Lanyon", "petra@demo.example", agency.Id, usualRole: null, now);
        database.Agencies.Add(agency);
        database.Persons.AddRange(new Person("Hamo Tresk", "hamo@demo.example", agency.Id, Role.VirtualSchoolHead, now), officer);
        database.Appointments.Add(Appointment.ToAuthority(officer.Id, Office.PrivacyOfficer, agency.Authority, now));
    });

    private static async Task<Place> OpenPlan(PlanningHost host, int number)
    {
        var today = DateOnly.FromDateTime(host.Clock.Now.Date);
        using var hamo = host.SignInAs("hamo");
        var plan = (await hamo.Post("/plans", new
        {
            child = new { givenName = $"Tamsin {number}", familyName = "Orrell", dateOfBirth = Day(today.AddYears(-12)) },
            kind = "pep",
            role = "virtualSchoolHead",
        })).Expect(201).Id;
        var participants = new List<string>();
        for (var i = 0; i < Writers; i++)
        {
            participants.Add((await hamo.Post($"/plans/{plan}/participants",
                new { person = new { name = $"Writer {i}", email = $"writer{i}@demo.example" }, role = JsonNamingPolicy.CamelCase.ConvertName(Roles[i].ToString()) })).Expect(201).Id);
        }

        var review = (await hamo.Post($"/plans/{plan}/reviews",
            new { title = "Everybody at once", opensOn = Day(today.AddDays(-5)), closesOn = Day(today.AddDays(20)), invite = "everyone" })).Expect(201).Id;
        return new Place(plan, review, participants);

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A plan, its running review, and who of the writers is who in it.</summary>
    public sealed record Place(string Plan, string Review, IReadOnlyList<string> Participants);

    private sealed record Made(string Directory, string Lead, IReadOnlyList<string> Writers, IReadOnlyList<Place> Plans);
}
