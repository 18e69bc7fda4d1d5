using CasePlanning.Application.Plans;
using CasePlanning.Application.Sharing;
using CasePlanning.Domain.Sharing;

namespace CasePlanning.Server.Api.V1;

/// <summary>By what right something is shared, and that it is not.</summary>
public static class SharingRoutes
{
    public static void MapSharing(this RouteGroupBuilder api)
    {
        var sharing = api.Section("Sharing", "What is shared outside the team and by what right, what is not, and what the family agreed to.");
        sharing.MapPost("/plans/{id:guid}/consents", (Guid id, Body<NewConsent> body, Answers answers) =>
                answers.Created(new RecordConsent(id, body.Value), c => new ReadConsent(id, c), c => $"/plans/{id}/consents/{c}"))
            .Describes("recordConsent", "Record a consent",
                "Whoever gives it may, and the professionals for them. Early help rests on consent to work together; other plans rest on a duty, and take consents to share something outside the team.",
                Examples.NewConsent, Examples.Consent, 201, ConsentRules.NotTheirsToGive, ConsentRules.PlanNeedsNone);
        sharing.MapGet("/plans/{id:guid}/consents", (Guid id, Paging paging, Answers answers) => answers.List(new ListConsents(id, paging.Page)))
            .Describes("listConsents", "List consents", "Newest first: all of them for the professionals, for everybody else their own.",
                response: Examples.ListOf(Examples.Consent));
        sharing.MapGet("/plans/{id:guid}/consents/{consentId:guid}", (Guid id, Guid consentId, Answers answers) => answers.Read(new ReadConsent(id, consentId)))
            .Describes("readConsent", "Read a consent", "Who agreed to what, and when; and when they took it back.", response: Examples.Consent);
        sharing.MapPost("/plans/{id:guid}/consents/{consentId:guid}/withdraw",
                (Guid id, Guid consentId, Body<ConsentWithdrawal> body, Answers answers) =>
                    answers.Changed(new WithdrawConsent(id, consentId, body.Value), new ReadConsent(id, consentId)))
            .Describes("withdrawConsent", "Withdraw a consent",
                "Whoever gave it may, and the professionals when they were told. Sharing that rests on it ends at once; what was shared stays on record. Withdrawn consent to work together freezes a plan of early help: it can be read, and only the child and those with another lawful basis add to it.",
                new ConsentWithdrawal("I was not told that the police would see it."), Examples.ConsentWithdrawn, rules: [ConsentRules.IsWithdrawn]);

        sharing.MapPost("/plans/{id:guid}/disclosures", (Guid id, Body<NewDisclosure> body, Answers answers) =>
                answers.Created(new RecordDisclosure(id, body.Value), d => new ReadDisclosure(id, d), d => $"/plans/{id}/disclosures/{d}"))
            .Describes("recordDisclosure", "Record what was shared",
                "The professionals' circle may: what was shared with somebody outside the team, on what lawful basis and what for.",
                Examples.NewDisclosure, Examples.Disclosure, 201,
                DisclosureRules.ConsentNeeded, DisclosureRules.ConsentCoversTheTeam, DisclosureRules.ConsentDidNotStand);
        sharing.MapGet("/plans/{id:guid}/disclosures", (Guid id, Paging paging, Answers answers) => answers.List(new ListDisclosures(id, paging.Page)))
            .Describes("listDisclosures", "List what was shared",
                "Newest first. The professionals' circle sees all of it, emergency access included; others what was opened to them, and what rests on their own consent.",
                response: Examples.ListOf(Examples.Disclosure));
        sharing.MapGet("/plans/{id:guid}/disclosures/{disclosureId:guid}", (Guid id, Guid disclosureId, Answers answers) =>
                answers.Read(new ReadDisclosure(id, disclosureId)))
            .Describes("readDisclosure", "Read what was shared", "One act of sharing.", response: Examples.Disclosure);

        sharing.MapPost("/plans/{id:guid}/withheld-decisions", (Guid id, Body<NewWithheldDecision> body, Answers answers) =>
                answers.Created(new RecordWithheldDecision(id, body.Value), d => new ReadWithheldDecision(id, d), d => $"/plans/{id}/withheld-decisions/{d}"))
            .Describes("recordWithheldDecision", "Record a decision not to share",
                "The professionals' circle may, with the reasons. Neither the family nor those from whom it is withheld are shown it.",
                Examples.NewWithheldDecision, Examples.WithheldDecision, 201, WithheldDecisionRules.NotFromOneself);
        sharing.MapGet("/plans/{id:guid}/withheld-decisions", (Guid id, Paging paging, Answers answers) => answers.List(new ListWithheldDecisions(id, paging.Page)))
            .Describes("listWithheldDecisions", "List decisions not to share",
                "Newest first, for the professionals' circle, without those that withhold something from the reader.",
                response: Examples.ListOf(Examples.WithheldDecision));
        sharing.MapGet("/plans/{id:guid}/withheld-decisions/{decisionId:guid}", (Guid id, Guid decisionId, Answers answers) =>
                answers.Read(new ReadWithheldDecision(id, decisionId)))
            .Describes("readWithheldDecision", "Read a decision not to share", "One decision, with its reasons.", response: Examples.WithheldDecision);

        sharing.MapPut("/plans/{id:guid}/participants/me/basis", (Guid id, Body<NewBasis> body, Answers answers) =>
                answers.Changed(new StateBasis(id, body.Value), new ReadMyParticipation(id)))
            .Describes("stateBasis", "Say on what lawful basis you take part",
                "Professionals may, and answer for it. Who takes part on another basis than consent goes on working in a plan of early help when consent is withdrawn. The basis is shown to everybody, the reason to professionals.",
                new NewBasis(LawfulBasis.LegalObligation, "My authority must see to it that he goes to school"), Examples.Participant);
    }
}
