namespace CasePlanning.Domain.Plans;

/// <summary>What somebody is to this child in this plan. The powers of each are in <see cref="RolePowers"/>.</summary>
public enum Role
{
    Child,
    Parent,
    Carer,
    SocialWorker,
    TeamManager,
    IndependentReviewingOfficer,
    DesignatedTeacher,
    Teacher,
    Senco,
    EducationalPsychologist,
    EducationWelfareOfficer,
    Nurse,
    CamhsPractitioner,
    YouthJusticeWorker,
    VirtualSchoolCaseworker,
    VirtualSchoolHead,
    Advocate,
    Mentor,
    Strategist,
}

/// <summary>What a request may ask of its caller. Every request about a plan names one of these.</summary>
[Flags]
public enum Permission
{
    None = 0,

    /// <summary>Read the shared plan and what its audiences allow.</summary>
    Read = 1,

    /// <summary>Add one's own words, respond, ask and answer.</summary>
    Contribute = 2,

    /// <summary>Write actions, targets and their progress with the other professionals.</summary>
    Act = 4,

    /// <summary>Record what was settled, and check it again when a late view arrives.</summary>
    Decide = 8,

    /// <summary>Invite, open and close reviews, record what was done about a voice not heard.</summary>
    Coordinate = 16,

    /// <summary>Assent that a review's process is complete.</summary>
    SignOff = 32,
}

/// <summary>
/// The powers of each role: the table of domain.md §2.10 as data. A role that is not in the table may do nothing.
/// Being lead professional adds powers of coordination, never a voice.
/// </summary>
public static class RolePowers
{
    private const Permission Voice = Permission.Read | Permission.Contribute;
    private const Permission Professional = Voice | Permission.Act;
    private const Permission VirtualSchool = Professional | Permission.Decide | Permission.Coordinate | Permission.SignOff;

    /// <summary>What the lead professional may do besides what their own role allows.</summary>
    public const Permission Lead = Permission.Read | Permission.Act | Permission.Decide | Permission.Coordinate | Permission.SignOff;

    public static Permission Of(Role role) => role switch
    {
        Role.Child or Role.Parent or Role.Carer or Role.Advocate => Voice,
        Role.SocialWorker => Professional | Permission.Decide | Permission.Coordinate,
        Role.TeamManager => Permission.Read | Permission.SignOff | Permission.Coordinate,
        Role.DesignatedTeacher => Professional | Permission.Decide,
        Role.VirtualSchoolCaseworker or Role.VirtualSchoolHead => VirtualSchool,
        Role.IndependentReviewingOfficer or Role.Teacher or Role.Senco or Role.EducationalPsychologist
            or Role.EducationWelfareOfficer or Role.Nurse or Role.CamhsPractitioner or Role.YouthJusticeWorker
            or Role.Mentor => Professional,
        // A strategist answers contradictions and deviations; the plan itself is not theirs to read.
        Role.Strategist => Permission.None,
        _ => Permission.None,
    };

    /// <summary>Child, parent or carer: speaks for the family and must never learn that something is withheld.</summary>
    public static bool IsFamily(Role role) => role is Role.Child or Role.Parent or Role.Carer;

    /// <summary>
    /// Answers for the child by profession, and so is told when something is withheld. Listed one by one: a new role is not among
    /// them until somebody says so. Family is not, nor are those who stand beside the family (advocate, mentor).
    /// </summary>
    public static bool IsProfessional(Role role) => ReadsProfessionals(role) || role is Role.Teacher or Role.Strategist;

    /// <summary>
    /// Reads what is for professionals only. A class teacher or form tutor acts by delegation of the designated teacher and is
    /// not in this circle; mentors and advocates stand beside the family.
    /// </summary>
    public static bool ReadsProfessionals(Role role) => role is Role.SocialWorker or Role.TeamManager
        or Role.IndependentReviewingOfficer or Role.DesignatedTeacher or Role.Senco or Role.EducationalPsychologist
        or Role.EducationWelfareOfficer or Role.Nurse or Role.CamhsPractitioner or Role.YouthJusticeWorker
        or Role.VirtualSchoolCaseworker or Role.VirtualSchoolHead;

    public static bool ReadsHealth(Role role) => role is Role.Nurse or Role.CamhsPractitioner or Role.IndependentReviewingOfficer;

    /// <summary>Knows where the child lives, by living there or by duty.</summary>
    public static bool ReadsHome(Role role) =>
        role is Role.Child or Role.Carer or Role.SocialWorker or Role.TeamManager or Role.IndependentReviewingOfficer;

    /// <summary>May be shown a colleague's draft, within the same agency.</summary>
    public static bool Supervises(Role role) => role is Role.TeamManager or Role.VirtualSchoolHead or Role.DesignatedTeacher;
}
