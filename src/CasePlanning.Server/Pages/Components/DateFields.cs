using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CasePlanning.Server.Pages.Components;

/// <summary>A day as people write it in three boxes: <c>[BindProperty] public DateFields Due { get; set; } = new();</c></summary>
public sealed record DateFields
{
    public DateFields()
    {
    }

    public DateFields(DateOnly? day) => (Day, Month, Year) = (
        day?.Day.ToString(CultureInfo.InvariantCulture), day?.Month.ToString(CultureInfo.InvariantCulture), day?.Year.ToString(CultureInfo.InvariantCulture));

    public string? Day { get; set; }

    public string? Month { get; set; }

    public string? Year { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    /// <summary>The day that is written; null, with an error under <paramref name="name"/> unless nothing is written, when it is none.</summary>
    /// <param name="what">What the day is, as the beginning of a sentence: <c>The day it is due</c>.</param>
    public DateOnly? Read(ModelStateDictionary state, string name, string what)
    {
        if (IsEmpty)
            return null;
        if (Number(Day) is { } day && Number(Month) is { } month && Number(Year) is { } year
            && year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
        {
            return new DateOnly(year, month, day);
        }

        state.AddModelError(name, $"{what} must be a real date, for example 27 3 2027.");
        return null;
    }

    private static int? Number(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
