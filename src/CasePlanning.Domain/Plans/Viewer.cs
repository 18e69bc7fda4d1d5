namespace CasePlanning.Domain.Plans;

/// <summary>By what right somebody looks at a plan.</summary>
public enum Standing
{
    /// <summary>They take part in it now.</summary>
    Participant,

    /// <summary>A system of an agency that takes part in it now.</summary>
    Integrator,

    /// <summary>A professional who opened it in an emergency, for an hour, to read.</summary>
    Emergency,
}

/// <summary>
/// Who is looking, in one plan, right now: the caller's current participation, or whatever else lets them look. Everything that
/// decides what may be read about a child takes one of these, so that a page, the API and a printed copy cannot decide
/// differently.
/// </summary>
/// <param name="ParticipantId">Empty for whoever does not take part; no participant has that id.</param>
/// <param name="Role">What they are to the child; nothing for whoever does not take part.</param>
public sealed record Viewer(Guid PlanId, Guid ParticipantId, Guid PersonId, Role? Role, Guid? AgencyId, bool IsLead)
{
    public Standing Standing { get; private init; } = Standing.Participant;

    public Guid? EmergencyAccessId { get; private init; }

    /// <summary>For an integrator: which client it is, because it reads what it has brought in itself.</summary>
    public Guid? ClientId { get; init; }

    /// <summary>What was hidden from this viewer by name. It is denied whatever else would allow it.</summary>
    public Hidden Hidden { get; init; } = Hidden.Nothing;

    /// <summary>
    /// Whether a withdrawn consent would stand in the way of what they do. So it is for everybody, unless it is known that the plan
    /// rests on no consent or that they do not.
    /// </summary>
    public bool RestsOnConsent { get; init; } = true;

    /// <summary>The child was adopted: what is left of the plan is read by those who keep it, and added to by nobody.</summary>
    public bool PlanIsClosed { get; init; }

    /// <summary>Reads what is for everyone or for its agency, and no more than its agency's people may: what is hidden from one of them is hidden.</summary>
    public static Viewer Integrator(Guid planId, Guid agencyId, Guid clientId, Hidden hidden) =>
        new(planId, Guid.Empty, Guid.Empty, Role: null, agencyId, IsLead: false) { Standing = Standing.Integrator, ClientId = clientId, Hidden = hidden };

    /// <param name="accessId">The emergency access that lets them look.</param>
    public static Viewer InEmergency(Guid accessId, Guid planId, Guid personId, Guid? agencyId) =>
        new(planId, Guid.Empty, personId, Role: null, agencyId, IsLead: false) { Standing = Standing.Emergency, EmergencyAccessId = accessId };

    public bool IsFamily => Role is { } role && RolePowers.IsFamily(role);

    public bool ReadsProfessionals =>
        Standing is Standing.Emergency || (Role is { } role && (RolePowers.ReadsProfessionals(role) || (IsLead && !IsFamily)));

    public bool ReadsHealth => Standing is Standing.Emergency || (Role is { } role && RolePowers.ReadsHealth(role));

    public bool ReadsHome => !Hidden.Home && (Standing is Standing.Emergency || (Role is { } role && RolePowers.ReadsHome(role)));

    /// <summary>What is for named people, of whom the viewer is one, stays closed in an emergency: a child said it in confidence.</summary>
    public bool ReadsNamed => Standing is not Standing.Emergency;

    /// <summary>Professionals are told that something is withheld from them; families are not, because its existence can be the harm.</summary>
    public bool IsToldWhatIsWithheld => Standing is Standing.Emergency || (Role is { } role && RolePowers.IsProfessional(role));

    public bool May(Permission permission)
    {
        var powers = Role is { } role ? RolePowers.Of(role) | (IsLead ? RolePowers.Lead : Permission.None) : Permission.Read;
        return (powers & permission) == permission;
    }

    /// <summary>May hide a name, the home or a view from a participant, and see the plan as they do.</summary>
    public bool MayRestrict => Standing is Standing.Participant && (IsLead || Role is Plans.Role.SocialWorker);

    /// <summary>
    /// Whether this viewer is shown who a participant is. A carer's name can lead to a child's home, so a parent sees "Carer"
    /// unless somebody responsible has released it; and any name can be hidden from anybody.
    /// </summary>
    public bool SeesIdentityOf(Guid participantId, Role role, bool releasedToParents) =>
        !Hidden.Identities.Contains(participantId)
        && !(Role is Plans.Role.Parent && role is Plans.Role.Carer && !releasedToParents);
}

/// <summary>What was hidden from one participant, by restrictions that are in force.</summary>
/// <param name="Identities">Participants whose name and agency they are not shown.</param>
/// <param name="Views">Contributions that they do not read, not even in summary.</param>
/// <param name="Home">They do not read what is said of where the child lives.</param>
public sealed record Hidden(IReadOnlyList<Guid> Identities, IReadOnlyList<Guid> Views, bool Home)
{
    public static readonly Hidden Nothing = new([], [], Home: false);

    /// <summary>What is hidden from any one of several.</summary>
    public static Hidden Together(IEnumerable<Hidden> each) => each.Where(one => one != Nothing).Aggregate(Nothing, (all, one) => new Hidden(
        [.. all.Identities.Union(one.Identities)], [.. all.Views.Union(one.Views)], all.Home || one.Home));

    public static Hidden By(IEnumerable<Restriction> inForce)
    {
        var restrictions = inForce.ToList();
        return restrictions.Count == 0
            ? Nothing
            : new Hidden(
                [.. restrictions.Where(r => r.Kind is RestrictionKind.Identity).Select(r => r.SubjectId!.Value).Distinct()],
                [.. restrictions.Where(r => r.Kind is RestrictionKind.View).Select(r => r.ContributionId!.Value).Distinct()],
                restrictions.Any(r => r.Kind is RestrictionKind.Home));
    }
}
