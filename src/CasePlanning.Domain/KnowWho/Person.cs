using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.KnowWho;

/// <summary>
/// Somebody who can be asked: a professional of an agency, or a member of a family. A person may take part in many plans; what
/// they may do in each is said by their <see cref="Participant"/> there, never by who they are.
/// </summary>
public sealed class Person
{
    public const int NameLength = 200;
    public const int EmailLength = 254;

    private Person()
    {
    }

    public Person(string name, string? email, Guid? agencyId, Role? usualRole, DateTimeOffset now)
    {
        Id = Ids.New(now);
        Name = name;
        Email = email is null ? null : NormaliseEmail(email);
        AgencyId = agencyId;
        UsualRole = usualRole;
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Kept in lower case; one address, one person.</summary>
    public string? Email { get; private set; }

    /// <summary>The agency they work for; null for family members.</summary>
    public Guid? AgencyId { get; private set; }

    /// <summary>The role they usually take in a plan, offered when they open one; null for whoever takes part in none, like an administrator.</summary>
    public Role? UsualRole { get; private set; }

    public static string NormaliseEmail(string email) => email.Trim().ToLowerInvariant();
}
