using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>A step whose inputs are known.</summary>
/// <param name="from">Results of its inputs, null for those that were left out.</param>
/// <param name="key">Its key.</param>
/// <param name="json">Its canonical JSON; null when this version does not know all that it says.</param>
internal sealed class KeyedSpec(IReadOnlyList<StepResult?> from, string key, byte[]? json)
{
    // Who plans needs the keys of all steps and the specs of those that are ready: reading the others is half the cost of a plan.
    private readonly Lazy<StepSpec?> _spec = new(() => json is null ? null : SpecTemplate.Read(json, out _));

    public IReadOnlyList<StepResult?> From => from;

    public string Key => key;

    /// <summary>What to do; null when this version does not know all that it says. Read from the JSON when it is asked for first.</summary>
    public StepSpec? Spec => _spec.Value;

    /// <summary>Whether somebody has asked for it.</summary>
    public bool IsRead => _spec.IsValueCreated;

    /// <summary>The same step, of other results that come to the same inputs.</summary>
    public KeyedSpec Of(IReadOnlyList<StepResult?> results) => new(results, this);

    private KeyedSpec(IReadOnlyList<StepResult?> from, KeyedSpec other)
        : this(from, other.Key, json: null) => _spec = other._spec;
}
