using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Of which layers what comes in is stored as it is, and how much of it.</summary>
internal sealed class StoredActivations
{
    private readonly Dictionary<string, (long Training, long Test)> _coming = new(StringComparer.Ordinal);
    private readonly ActivationSample? _asked;
    private readonly long _seed;

    /// <param name="spec">The step.</param>
    /// <param name="layers">Those there are, with the rows that come into each for one example.</param>
    /// <param name="examples">Of the training split that are run.</param>
    /// <param name="testExamples">Of the test split there are.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: a pattern matches no layer, or more is asked for than can be held.</exception>
    public StoredActivations(CollectSpec spec, IReadOnlyList<(LayerInputs Layer, long Rows)> layers, int examples, int testExamples)
    {
        (_asked, _seed) = (spec.Activations, spec.Seed);
        if (_asked is null)
            return;
        if (_asked.Rows < 1 || _asked.TestRows < 0)
            throw new DomainException(FailureCodes.InvalidOption, $"activations.rows is {_asked.Rows}, and testRows {_asked.TestRows}.", "Ask for at least one row, and none or more of the test split.");
        EnsureMatches(_asked.Layers, [.. layers.Select(l => l.Layer.Weights)]);
        foreach (var (layer, rows) in layers.Where(l => _asked.Layers.Any(p => NamePattern.Matches(p, l.Layer.Weights))))
        {
            _coming[layer.Weights] = (rows * examples, rows * Math.Min(_asked.TestRows, testExamples));
            EnsureHeld(layer, Math.Max(_asked.Rows, _asked.TestRows));
        }
    }

    /// <summary>What the file is to hold of a layer.</summary>
    public LayerPlan Plan(LayerInputs layer, bool products) => new(layer.Weights, layer.Inputs, products, Wanted(layer, test: false), Wanted(layer, test: true), layer.Outputs);

    /// <summary>Takes a layer's rows; null when none are wanted.</summary>
    public RowSample? SampleOf(LayerInputs layer, bool test, StatisticsWriter writer) => Wanted(layer, test) is > 0 and var wanted
        ? new(layer.Weights, test, Coming(layer, test), wanted, SeedDerivation.Derive(_seed, $"{(test ? "test-rows" : "rows")}/{layer.Weights}"), writer)
        : null;

    private int Wanted(LayerInputs layer, bool test) => (int)Math.Min(Coming(layer, test), (test ? _asked?.TestRows : _asked?.Rows) ?? 0);

    private long Coming(LayerInputs layer, bool test) =>
        _coming.TryGetValue(layer.Weights, out var rows) ? test ? rows.Test : rows.Training : 0;

    private static void EnsureMatches(IReadOnlyList<string> patterns, IReadOnlyList<string> layers)
    {
        if (patterns.Where(p => !layers.Any(l => NamePattern.Matches(p, l))).ToList() is not { Count: > 0 } unmatched)
            return;
        throw new DomainException(
            FailureCodes.InvalidOption,
            $"{NameList.Quoted(unmatched)} {(unmatched.Count == 1 ? "matches" : "match")} no layer whose inputs are seen.",
            NamePattern.Question(unmatched, layers) ?? $"There are {NameList.Quoted(layers)}.");
    }

    private static void EnsureHeld(LayerInputs layer, int rows)
    {
        if ((long)rows * layer.Inputs > Array.MaxLength)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"{rows} rows of the {layer.Inputs} inputs of '{layer.Weights}' are more numbers than {Array.MaxLength}.",
                $"Ask for at most {Array.MaxLength / layer.Inputs} rows.");
    }
}
