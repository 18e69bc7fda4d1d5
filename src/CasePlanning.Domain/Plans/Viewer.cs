namespace CasePlanning.Domain.Plans;

/// <summary>
/// Who is looking, in one plan, right now: the caller's current participation. Everything that decides what may be read about
/// a child takes one of these, so that a page, the API and a printed copy cannot decide differently.
/// </summary>
public sealed record Viewer(Guid PlanId, Guid ParticipantId, Guid PersonId, Role Role, Guid? AgencyId, bool IsLead)
{
    public bool IsFamily => RolePowers.IsFamily(Role);

    public bool ReadsProfessionals => RolePowers.ReadsProfessionals(Role) || (IsLead && !IsFamily);

    public bool ReadsHealth => RolePowers.ReadsHealth(Role);

    public bool ReadsHome => RolePowers.ReadsHome(Role);

    /// <summary>Professionals are told that something is withheld from them; families are not, because its existence can be the harm.</summary>
    public bool IsToldWhatIsWithheld => RolePowers.IsProfessional(Role);

    public bool May(Permission permission)
    {
        var powers = RolePowers.Of(Role) | (IsLead ? RolePowers.Lead : Permission.None);
        return (powers & permission) == permission;
    }

    /// <summary>
    /// What this viewer is shown as a participant's name. A carer's name can lead to a child's home, so a parent sees "Carer"
    /// unless somebody responsible has released it.
    /// </summary>
    public string NameOf(Role role, string name, bool releasedToParents) =>
        Role is Role.Parent && role is Role.Carer && !releasedToParents ? "Carer" : name;
}
