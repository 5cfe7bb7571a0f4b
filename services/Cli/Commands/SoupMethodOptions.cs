using System.CommandLine;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Cli.Commands;

/// <summary>How checkpoints are merged where it is by no mean.</summary>
internal static class SoupMethodOptions
{
    public static readonly Option<string?> Soup = new("--soup")
    {
        Description = $"How they are merged: {MethodDefaults.Soup} when left out; `sparsepipe methods soup` lists the others.",
        HelpName = "NAME",
    };

    public static readonly Option<string[]> SoupOption = new("--option") { Description = "An option of the soup; may be repeated.", HelpName = "NAME=VALUE" };

    public static readonly Option<string?> Anchor = new("--anchor")
    {
        Description = "A trained checkpoint of the same mask that the candidates started from, for soups that measure from one. Straight after a cut it is none: train it first.",
        HelpName = "FILE",
    };

    /// <summary>The soup, or null for a mean.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: an option does not fit the soup, or contradicts another.</exception>
    public static MethodSpec? Read(Invocation invocation, string? policy, bool weights)
    {
        var name = invocation.Value(Soup) ?? MethodDefaults.Soup;
        var info = Soups.Registry.Find(name).Info;
        if (SoupNeeds.Problem(info, invocation.Value(Anchor) is not null) is { } problem)
            throw new DomainException(FailureCodes.InvalidOption, $"{problem}.", SoupNeeds.Remedy(info));
        var options = MethodOptionCheck.Run(MethodAxes.Soup, name, MethodOptionParser.Parse(invocation.Value(SoupOption)));
        if (name == MethodDefaults.Soup)
            return null;
        var other = weights ? "--weights" : policy is not null ? "--mask-policy" : null;
        return other is null ? new MethodSpec { Name = name, Options = options } : throw new DomainException(
            FailureCodes.InvalidOption, $"{other} is for a mean, and --soup {name} merges otherwise.", $"Leave out {other} or --soup.");
    }

    /// <summary>What a merge did, in a line per figure: the range over all tensors.</summary>
    public static void Say(Invocation invocation, MethodSpec method, IReadOnlyList<MergedTensor> merged)
    {
        foreach (var figure in merged.SelectMany(m => m.Figures).GroupBy(f => f.Key, f => f.Value, StringComparer.Ordinal))
            invocation.Say($"  {method.Name}: {figure.Key} from {Figures.Real(figure.Min())} to {Figures.Real(figure.Max())} over {figure.Count()} tensors");
    }
}
