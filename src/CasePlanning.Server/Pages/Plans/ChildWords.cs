using System.Text.RegularExpressions;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The words of the child's own pages: short, and none that need explaining.</summary>
public static partial class ChildWords
{
    /// <summary>What each face says. A face alone is an answer, and is sent in these words.</summary>
    public static string Of(Outlook outlook) => outlook switch
    {
        Outlook.GoingWell => "It is going well",
        Outlook.Mixed => "Some good, some bad",
        Outlook.Worried => "It worries me",
        _ => "I don’t know",
    };

    /// <summary>What somebody is to the child, in a few words.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Parent => "my parent",
        Role.Carer => "looks after me at home",
        Role.SocialWorker => "my social worker",
        Role.TeamManager => "in charge of the social workers",
        Role.IndependentReviewingOfficer => "makes sure that my plan is done right",
        Role.DesignatedTeacher => "the teacher who looks out for me",
        Role.Teacher => "my teacher",
        Role.Senco => "helps with learning at school",
        Role.EducationalPsychologist => "helps with learning and feelings",
        Role.EducationWelfareOfficer => "helps me get to school",
        Role.Nurse => "my nurse",
        Role.CamhsPractitioner => "helps with feelings and worries",
        Role.YouthJusticeWorker => "my youth justice worker",
        Role.VirtualSchoolCaseworker => "helps schools do their best for me",
        Role.VirtualSchoolHead => "in charge of helping schools do their best",
        Role.Advocate => "speaks up for me",
        Role.Mentor => "my mentor",
        _ => PageWords.Of(role).ToLowerInvariant(),
    };

    public static string FirstUpper(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>What somebody asks of the child, and what it is called where it is done.</summary>
    public static (string Why, string Do) Of(WorkKind kind) => kind switch
    {
        WorkKind.AnswerQuestion => ("Somebody asked you something. You don’t have to answer.", "See what they ask"),
        WorkKind.ConfirmWords => ("Somebody wrote down what you said. Only you know if it is right.", "Look at your words"),
        WorkKind.AnswerHandover => ("Somebody asks if you want to do this:", "Say yes or no"),
        WorkKind.DoAction => ("You said that you would do this:", "See it"),
        WorkKind.SayWhetherStillTrue => ("You said something last time. Is it still true?", "Say if it is"),
        _ => ("Somebody asks you for something.", "See it"),
    };

    /// <summary>The picture of an outcome, and things that it can be about. Frameworks that we do not know get neither a wrong picture nor wrong words.</summary>
    public static (string Picture, string? About) OfOutcome(string code) => code switch
    {
        "be-healthy" or "healthy" => ("heart", "Sleeping, eating, feeling well, being happy or sad."),
        "stay-safe" or "safe" => ("umbrella", "At home, at school, on the way there, on your phone."),
        "enjoy-and-achieve" or "achieving" => ("book", "Lessons, breaks, friends at school, what you are good at."),
        "make-a-positive-contribution" or "respected" => ("speech", "Being listened to. Helping to decide. Helping other people."),
        "achieve-economic-wellbeing" => ("path", "What you want to do one day. Money, getting about, a good place to live."),
        "nurtured" => ("house", "Who looks after you. What makes you feel cared for."),
        "active" => ("ball", "Sports, clubs, playing, being outside."),
        "responsible" => ("plant", "Things you look after. Being trusted."),
        "included" => ("people", "Family, friends, feeling that you belong."),
        _ => ("speech", null),
    };

    /// <summary>Words as they are sent: a face or a picture alone is said in words too, and whoever helped is named.</summary>
    public static string Sent(string? words, Outlook? outlook, string? helper)
    {
        var said = WithoutHelper(words) ?? (outlook is { } face ? $"{Of(face)}." : "Look at what I added.");
        return FormWords.Said(helper) is { } name ? $"{said}\n\nI had help from {Line(name)} to say this." : said;
    }

    /// <summary>The child's own words, to be written anew without who helped last time.</summary>
    public static string? WithoutHelper(string? words) => FormWords.Said(Helped().Replace(words ?? "", ""));

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\n\nI had help from [^\n]+ to say this\.$")]
    private static partial Regex Helped();
}
