using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Sets a target: what everybody aims for, and how they will know that it is reached.</summary>
public sealed class SetTargetModel : PlanPage
{
    [BindProperty(SupportsGet = true, Name = "outcome")]
    public string? OutcomeCode { get; set; }

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? Measure { get; set; }

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? WhereNext { get; set; }

    [BindProperty]
    public DateFields Due { get; set; } = new();

    public async Task<IActionResult> OnPostAsync()
    {
        var due = Due.Read(ModelState, "due", "The day");
        return await Do(
            new SetTarget(Id, new NewTarget(OutcomeCode!, What!, Measure!, FormWords.Said(How), FormWords.Said(Why), FormWords.Said(WhereNext), due)),
            "The target is set. The child and the family can put it into their own words.", t => To("Target", new { target = t.Id }));
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(May(Permission.Act), "Professionals in the team set targets.");
    }

    protected override string WordsFor(InvalidMember member) => TargetWords.For(member, What, Measure);
}

internal static class TargetWords
{
    public static string For(InvalidMember member, string? what, string? measure) => member.Pointer switch
    {
        "/outcome" => "Choose the outcome that it is for.",
        "/what" when string.IsNullOrWhiteSpace(what) => "Write what you aim for.",
        "/measure" when string.IsNullOrWhiteSpace(measure) => "Say how everybody will know that it is reached.",
        _ => member.Message,
    };
}
