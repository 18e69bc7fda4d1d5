using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>How a review puts who has been heard and what was done. Silence is no fault, and nobody is overdue.</summary>
public static class ReviewWords
{
    public static string Of(VoiceStatus status) => status switch
    {
        VoiceStatus.Heard => "Spoken",
        VoiceStatus.Partly => "Written down for them, not confirmed yet",
        VoiceStatus.NotYet => "Not heard from yet",
        VoiceStatus.Declined => "Chose not to say",
        VoiceStatus.CouldNotReach => "Could not be reached",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>Why somebody is away, as a choice: "In court".</summary>
    public static string Of(AbsenceReason reason) => reason switch
    {
        AbsenceReason.Court => "In court",
        AbsenceReason.Leave => "On leave",
        AbsenceReason.Caseload => "No time free",
        AbsenceReason.OtherDuty => "On other duty",
        AbsenceReason.Illness => "Ill",
        AbsenceReason.Other => "Another reason",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };

    public static string Of(AttemptHow how) => how switch
    {
        AttemptHow.Phone => "By telephone",
        AttemptHow.Email => "By e-mail",
        AttemptHow.Visit => "By a visit",
        AttemptHow.Text => "By text message",
        AttemptHow.Letter => "By letter",
        AttemptHow.Other => "In another way",
        _ => throw new ArgumentOutOfRangeException(nameof(how), how, message: null),
    };

    public static string Of(CarriedKind kind) => kind switch
    {
        CarriedKind.Target => "Target",
        CarriedKind.Action => "Action",
        CarriedKind.Dissent => "Seen differently",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>Imke Sandover, designated teacher; the role alone when that is what stands for a name.</summary>
    public static string Called(Who who) => Called(who.Name, who.Role);

    public static string Called(string name, Role role) =>
        role is Role.Child || PageWords.IsRoleAlone(name, role) ? name : $"{name}, {LowerFirst(PageWords.Of(role))}";

    /// <summary>The season that a review is in, for a title.</summary>
    public static string SeasonOf(DateOnly day) => day.Month switch
    {
        >= 9 => "Autumn",
        <= 3 => "Spring",
        _ => "Summer",
    };

    public static string LowerFirst(string words) => words.Length == 0 ? words : char.ToLowerInvariant(words[0]) + words[1..];

    /// <summary>The beginning of somebody's words, where there is no room for all of them.</summary>
    public static string Beginning(string words, int most = 120)
    {
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? line : $"{line[..line.LastIndexOf(' ', most)].TrimEnd('.', ',', ';')} …";
    }
}
