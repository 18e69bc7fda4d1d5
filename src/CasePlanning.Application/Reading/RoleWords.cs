using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reading;

/// <summary>Each role in words, for where a name is not shown.</summary>
public static class RoleWords
{
    public static string Of(Role role) => role switch
    {
        Role.Child => "Child",
        Role.Parent => "Parent",
        Role.Carer => "Carer",
        Role.SocialWorker => "Social worker",
        Role.TeamManager => "Team manager",
        Role.IndependentReviewingOfficer => "Independent reviewing officer",
        Role.DesignatedTeacher => "Designated teacher",
        Role.Teacher => "Teacher",
        Role.Senco => "Special educational needs co-ordinator",
        Role.EducationalPsychologist => "Educational psychologist",
        Role.EducationWelfareOfficer => "Education welfare officer",
        Role.Nurse => "Nurse",
        Role.CamhsPractitioner => "Child and adolescent mental health practitioner",
        Role.YouthJusticeWorker => "Youth justice worker",
        Role.VirtualSchoolCaseworker => "Virtual school caseworker",
        Role.VirtualSchoolHead => "Virtual school head",
        Role.Advocate => "Advocate",
        Role.Mentor => "Mentor",
        Role.Strategist => "Strategist",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, message: null),
    };
}
