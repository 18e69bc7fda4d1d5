namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// Who reads what in a plan of the <see cref="WholeTeam"/>. Copied by hand from the table of roles (domain, 2.10) and from what
/// the audiences and roles say of themselves; not taken from the code that is under test.
/// </summary>
internal static class Readers
{
    /// <summary>
    /// All who read the shared plan, the systems of two agencies among them. A strategist does not, nor does anybody whose time has
    /// ended or not begun.
    /// </summary>
    public static readonly string[] Everybody =
    [
        "lead", "child", "parent", "carer", "releasedCarer", "socialWorker", "teamManager", "independentReviewingOfficer",
        "educationalPsychologist", "educationWelfareOfficer", "virtualSchoolHead", "designatedTeacher", "teacher", "senco", "nurse",
        "camhsPractitioner", "youthJusticeWorker", "advocate", "mentor", "schoolSystem", "healthSystem", OnCall,
    ];

    /// <summary>A professional who takes no part, and is in the plan in an emergency, for an hour, to read.</summary>
    public const string OnCall = "onCall";

    /// <summary>
    /// They take part as strategist, not any more, not yet, or in nothing, whatever they administer, or were in it in an emergency whose
    /// hour is over; or nobody knows who they are.
    /// </summary>
    public static readonly string[] Outsiders =
        ["strategist", "leftNurse", "comingTeacher", "wasOnCall", "stranger", "strangeSystem", "agencyAdministrator", "authorityAdministrator", "anonymous"];

    /// <summary>They look after people, settings and the journal of the authority.</summary>
    public static readonly string[] Officers = ["agencyAdministrator", "authorityAdministrator", "privacyOfficer"];

    /// <summary>The family, and those who stand beside it: they must not learn that anything is withheld.</summary>
    public static readonly string[] NeverTold = ["child", "parent", "carer", "releasedCarer", "advocate", "mentor"];

    public static readonly string[] Systems = ["schoolSystem", "healthSystem"];

    /// <summary>Nothing that changes for them may tell of what they are not to know.</summary>
    public static readonly string[] Unaware = [.. NeverTold, "schoolSystem"];

    public static readonly string[] Told = [.. Everybody.Except(NeverTold).Except(Systems)];

    /// <summary>The professionals' circle: a class teacher is not in it.</summary>
    public static readonly string[] Professionals =
    [
        "lead", "socialWorker", "teamManager", "independentReviewingOfficer", "educationalPsychologist", "educationWelfareOfficer",
        "virtualSchoolHead", "designatedTeacher", "senco", "nurse", "camhsPractitioner", "youthJusticeWorker", OnCall,
    ];

    public static readonly string[] HealthColleagues = ["nurse", "camhsPractitioner", "independentReviewingOfficer", OnCall];

    /// <summary>Those who live there, and those whose duty it is to know.</summary>
    public static readonly string[] Home = ["child", "carer", "releasedCarer", "socialWorker", "teamManager", "independentReviewingOfficer", OnCall];

    public static readonly string[] School = ["designatedTeacher", "teacher", "senco", "schoolSystem"];

    public static readonly string[] HealthAgency = ["nurse", "camhsPractitioner", "healthSystem"];

    /// <summary>They can hide something from somebody, and know what is hidden.</summary>
    public static readonly string[] MayRestrict = ["lead", "socialWorker"];

    public static readonly string[] Coordinators = ["lead", "socialWorker", "teamManager", "virtualSchoolHead"];

    /// <summary>They read, and say nothing of their own.</summary>
    public static readonly string[] Silent = ["teamManager", OnCall, .. Systems];
}
