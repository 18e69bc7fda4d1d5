using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>The rules of a plan and of taking part in it.</summary>
public static class PlanRules
{
    public static readonly NamedRule LeadMustBeProfessional = new("plan.lead-must-be-professional",
        "The lead professional must be a professional who can read the plan.");

    public static readonly NamedRule LeadMustStay = new("plan.lead-must-stay",
        "The lead professional must be somebody whose participation has no end set.");

    public static readonly NamedRule MoveNeedsLeadFromThere = new("plan.move-needs-lead-from-there",
        "Name somebody to lead the plan who takes part in it for an agency of the authority to which the child moves.");

    public static readonly NamedRule IsClosed = new("plan.is-closed",
        "The child was adopted, and this plan is closed. A new plan is opened under the child's new name.");

    public static readonly NamedRule OnlyProfessionalsKeepIt = new("plan.only-professionals-keep-it",
        "Only professionals who answer for the child keep a plan that is closed, or a copy of one that has moved.");

    public static readonly NamedRule AlreadyTakesPart = new("participant.already-takes-part",
        "This person already takes part in the plan. Change that participation, or end it first.");

    public static readonly NamedRule EndsBeforeItBegins = new("participant.ends-before-it-begins",
        "A participation cannot end before it begins.");

    public static readonly NamedRule CoverNeeded = new("participant.cover-needed",
        "This participant still owes work on the plan. Name the participant who will take it over.");

    public static readonly NamedRule CoverMustTakePart = new("participant.cover-must-take-part",
        "Whoever takes over must be another participant who takes part in the plan on that day.");

    public static readonly NamedRule HasEnded = new("participant.has-ended",
        "This participation has ended. Its words stay; it can no longer be changed.");
}
