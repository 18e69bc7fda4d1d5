using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CasePlanning.Server.Pages.Components;

/// <summary>The fields of a page with which something is wrong, in the order in which they stand on it.</summary>
internal static class WrongFields
{
    private static readonly object Key = new();

    /// <summary>What is wrong with a field that is being drawn.</summary>
    public static ErrorMessage? Found(ViewContext view, string name)
    {
        if (!view.ModelState.TryGetValue(name, out var state) || state.Errors is not [var first, ..])
            return null;
        Of(view).Add(name);
        return new ErrorMessage { Text = first.ErrorMessage };
    }

    /// <summary>All that is wrong: first what is about no field, then from the top of the page down. The layout is drawn after the page.</summary>
    public static IEnumerable<KeyValuePair<string, ModelStateEntry>> InOrder(ViewContext view)
    {
        var drawn = Of(view);
        return view.ModelState.Where(field => field.Value is { Errors.Count: > 0 }).Select(field => KeyValuePair.Create(field.Key, field.Value!))
            .OrderBy(field => field.Key is "" ? -1 : drawn.FindIndex(name => name.Equals(field.Key, StringComparison.OrdinalIgnoreCase)) is var at and >= 0 ? at : int.MaxValue);
    }

    private static List<string> Of(ViewContext view) =>
        view.HttpContext.Items.TryGetValue(Key, out var noted) && noted is List<string> names ? names : (List<string>)(view.HttpContext.Items[Key] = new List<string>())!;
}
