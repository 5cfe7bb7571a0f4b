using System.Text.RegularExpressions;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Text;

/// <summary>Figures that a text asks for, as <c>{{kind:argument:…}}</c>: what is written by hand then cannot go out of date.</summary>
internal static partial class Placeholders
{
    /// <summary>The text with every placeholder replaced.</summary>
    /// <param name="text">Markdown.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="figures">The figure for what stands between the braces; what is wrong with it is a <see cref="PlaceholderException"/>.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: placeholders that nothing can be put in the place of; all of them are named.</exception>
    public static string Fill(string text, string source, Func<string, string> figures)
    {
        var problems = new List<string>();
        var remedy = "";
        var filled = Pattern().Replace(text, match =>
        {
            try
            {
                return figures(match.Groups["inner"].Value.Trim().ReplaceLineEndings(" "));
            }
            catch (PlaceholderException unknown)
            {
                problems.Add($"{match.Value}: {unknown.Message}");
                remedy = unknown.Remedy;
                return match.Value;
            }
        });
        return problems.Count == 0 ? filled : throw new DomainException(FailureCodes.InvalidOption, $"{source}: {string.Join(" ", problems)}", remedy);
    }

    [GeneratedRegex(@"\{\{(?<inner>[^{}]*)\}\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
