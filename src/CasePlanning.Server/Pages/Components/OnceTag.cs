using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CasePlanning.Server.Pages.Components;

/// <summary>Gives every form of a <see cref="PlanningPage"/> a key, so that sending it twice does it once.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class OnceTag : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.ViewData.Model is PlanningPage)
            output.PostContent.AppendHtml($"<input type=\"hidden\" name=\"{PlanningPage.OnceField}\" value=\"{Guid.NewGuid():N}\">");
    }
}
