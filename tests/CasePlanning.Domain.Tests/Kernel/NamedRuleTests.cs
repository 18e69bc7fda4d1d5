using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CasePlanning.Domain.Kernel;
using Xunit;

namespace CasePlanning.Domain.Tests.Kernel;

public sealed class NamedRuleTests
{
    /// <summary>
    /// What takes more than one aggregate to see is raised by the use cases, and tested over HTTP. Every other rule is broken by a
    /// test here.
    /// </summary>
    private static readonly string[] RaisedByUseCases =
    [
        "account.holds-an-office",
        "account.not-oneself",
        "appointment.is-held",
        "appointment.not-oneself",
        "appointment.works-elsewhere",
        "carried-forward.not-yours",
        "contribution.is-draft",
        "contribution.is-signed",
        "emergency-access.takes-part",
        "framework.code-is-taken",
        "invitation.no-address",
        "invitation.no-mail",
        "invitation.subject-is-taken",
        "journal.not-signed-yet",
        "participant.already-takes-part",
        "participant.cover-needed",
        "participant.has-ended",
        "person.address-is-taken",
        "plan.is-frozen",
        "plan.only-professionals-keep-it",
        "question.cannot-reach",
        "question.not-yours-to-answer",
        "review.nobody-invited",
        "review.overlaps",
        "voice.already-invited",
        "voice.delegate-within-agency",
        "voice.no-mail-to-them",
        "voice.not-yours",
    ];

    private static readonly IReadOnlyList<(FieldInfo Field, NamedRule Rule)> All =
    [
        .. typeof(NamedRule).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(NamedRule))
            .Select(f => (f, (NamedRule)f.GetValue(null)!)),
    ];

    [Fact]
    public void There_are_rules() => Assert.NotEmpty(All);

    [Fact]
    public void A_code_names_one_rule() => Assert.Equal(All.Count, All.Select(r => r.Rule.Code).Distinct().Count());

    [Fact]
    public void A_code_is_a_subject_and_what_is_wrong_in_lower_case_words() =>
        Assert.All(All, r => Assert.Matches("^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$", r.Rule.Code));

    [Fact]
    public void What_the_person_is_told_is_a_sentence() =>
        Assert.All(All, r => Assert.Matches("^[A-Z][^\\n]*[^.]\\.$", r.Rule.Sentence));

    [Fact]
    public void Every_rule_is_broken_by_a_test_here_or_raised_by_a_use_case()
    {
        var namedHere = FieldsNamedInThisAssembly();
        var notBroken = All.Where(r => !namedHere.Contains((r.Field.DeclaringType!.Name, r.Field.Name))).Select(r => r.Rule.Code);
        Assert.Equal(RaisedByUseCases, notBroken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_broken_rule_tells_its_sentence_and_what_stands_in_the_way()
    {
        var rule = new NamedRule("a.b", "Not now.");
        var detail = new BrokenRuleDetail(Guid.NewGuid(), "This one.");
        var broken = rule.Broken(detail);
        Assert.Equal(rule, broken.Rule);
        Assert.Equal("Not now.", broken.Message);
        Assert.Equal([detail], broken.Details);
        Assert.Empty(rule.Broken().Details);
    }

    /// <summary>The static fields that compiled tests mention. A rule is mentioned only to be broken.</summary>
    private static HashSet<(string Type, string Field)> FieldsNamedInThisAssembly()
    {
        using var file = File.OpenRead(typeof(NamedRuleTests).Assembly.Location);
        using var assembly = new PEReader(file);
        var metadata = assembly.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(m => m.GetKind() is MemberReferenceKind.Field && m.Parent.Kind is HandleKind.TypeReference)
                .Select(m => (Type: metadata.GetTypeReference((TypeReferenceHandle)m.Parent).Name, Field: m.Name))
                .Select(m => (metadata.GetString(m.Type), metadata.GetString(m.Field))),
        ];
    }
}
