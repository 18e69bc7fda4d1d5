using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The plan on paper: all that its reader may see, open, one outcome to a page, with whom it was printed for on each.</summary>
public sealed class PrintModel : PlanSheetPage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Review { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? As { get; set; }

    /// <summary>The outcomes that were chosen; all when none was.</summary>
    [BindProperty(SupportsGet = true, Name = "outcome")]
    public IReadOnlyList<string> Chosen { get; set; } = [];

    public IReadOnlyList<OutcomeReading> Outcomes { get; private set; } = [];

    /// <summary>On every page of it.</summary>
    public string Line => $"Confidential. {Sheet.Title}, printed for {Me.Name} on {PageWords.Day(Sheet.Today, DateOnly.MinValue)}";

    protected override async Task Load()
    {
        await LoadSheet(new ReadWholePlan(Id, Review, As: As), onPaper: true);
        var all = Sheet.Reading.Outcomes;
        Outcomes = all.Any(o => Chosen.Contains(o.Code)) ? [.. all.Where(o => Chosen.Contains(o.Code))] : all;
        Sheet.ShowOnly(Outcomes);
    }
}
