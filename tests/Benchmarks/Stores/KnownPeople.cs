using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>The professionals of a store, by the part they take in a plan, their agencies, and a system of the first of these.</summary>
/// <param name="Parts">For each part, everybody who takes it, in one plan or another.</param>
internal sealed record KnownPeople(IReadOnlyList<(Role Role, Guid Agency, Guid[] People)> Parts)
{
    /// <summary>What the system calls itself by.</summary>
    public const string ClientId = "benchmark";

    private const int Together = 5_000;
    private const int WordsEach = 8;

    private static readonly (Role Role, int Agency)[] Team =
    [
        (Role.SocialWorker, 0), (Role.DesignatedTeacher, 1), (Role.EducationalPsychologist, 0), (Role.Nurse, 2),
        (Role.Mentor, 0), (Role.Teacher, 1), (Role.Senco, 1), (Role.CamhsPractitioner, 2),
    ];

    private static readonly string[] Subjects =
    [
        "child", "family", "school", "reading", "support", "weekly", "session", "progress", "agreed", "review", "concern", "strength", "speech",
        "language", "sensory", "anxiety", "attendance", "breakfast", "transport", "carer", "sibling", "teacher", "nurse", "therapist", "target",
        "observed", "classroom", "playground", "friendship", "confident", "calm", "routine", "transition", "morning", "evening", "sleep", "diet",
        "medication", "referral", "assessment",
    ];

    /// <summary>How many endings each subject is found with: a word of the directory finds a few in a thousand.</summary>
    private const int Endings = 40;

    public static async Task<KnownPeople> In(IServiceProvider services, StoreSize size, DateTimeOffset now)
    {
        var lane = services.GetRequiredService<IWriteLane>();
        Agency[] agencies =
        [
            new("Saltwick Borough Council", AgencyKind.LocalAuthority, "saltwick", now), new("Saltwick Academy", AgencyKind.School, "saltwick", now),
            new("Saltwick Community Health", AgencyKind.Health, "saltwick", now),
        ];
        await lane.Run(async (scope, cancellation) =>
        {
            var database = scope.GetRequiredService<IPlanningDatabase>();
            database.Agencies.AddRange(agencies);
            await database.SaveChangesAsync(cancellation);
            await scope.GetRequiredService<ClientRegistration>().Register(new NewClient(agencies[0].Id, "Benchmark", ClientScopes.All),
                new ClientCredential.Secret(Guid.NewGuid().ToString()), cancellation, ClientId);
            await database.SaveChangesAsync(cancellation);
            return true;
        }, CancellationToken.None);

        var parts = Team.Select(part => (part.Role, Agency: agencies[part.Agency].Id, People: Enumerable.Range(0, size.Colleagues)
            .Select(i => Somebody(part.Role, i, agencies[part.Agency].Id, now)).ToArray())).ToList();
        var everybody = parts.SelectMany(p => p.People).ToList();
        everybody.AddRange(Enumerable.Range(0, Math.Max(0, size.Directory - everybody.Count)).Select(i => Somebody(Role.EducationWelfareOfficer, i, agencies[0].Id, now)));
        var random = new Random(42);
        foreach (var some in everybody.Select((person, place) => (person, place)).Chunk(Together))
        {
            await lane.Run(async (scope, cancellation) =>
            {
                var database = scope.GetRequiredService<IPlanningDatabase>();
                database.Persons.AddRange(some.Select(s => s.person));
                await database.SaveChangesAsync(cancellation);
                var entries = some.Where(s => s.place < size.Directory).Select(s => Entry(s.person, random, now)).ToList();
                database.Expertise.AddRange(entries);
                database.ExpertiseWords.AddRange(entries.SelectMany(ExpertiseWord.Of));
                return await database.SaveChangesAsync(cancellation);
            }, CancellationToken.None);
        }

        return new KnownPeople([.. parts.Select(p => (p.Role, p.Agency, p.People.Select(person => person.Id).ToArray()))]);
    }

    /// <summary>Who takes a part in the plan of this number: everybody in one plan of each round, and beside others each time.</summary>
    public Guid Taking(int part, int plan)
    {
        var people = Parts[part].People;
        var (round, place) = Math.DivRem(plan, people.Length);
        return people[(place + (7 * part * round)) % people.Length];
    }

    private static Person Somebody(Role role, int number, Guid agency, DateTimeOffset now) =>
        new($"{role} {number:00000}", $"{role}.{number}@benchmark.example", agency, role, now);

    private static ExpertiseEntry Entry(Person person, Random random, DateTimeOffset now)
    {
        var entry = new ExpertiseEntry(person.Id);
        entry.Confirm(string.Join(' ', Enumerable.Range(0, WordsEach).Select(_ => $"{Subjects[random.Next(Subjects.Length)]}{random.Next(Endings):000}")),
            "Nothing that a prescription is needed for", 0, ExpertiseEntry.OldestAge, "Saltwick", "By telephone, in the mornings", DateOnly.FromDateTime(now.UtcDateTime));
        return entry;
    }
}
