namespace SparsePipeline.Contracts;

/// <summary>
/// What a method says about itself. Command-line help, the recipe schema, validation and docs/methods.md come from it.
/// </summary>
public sealed record MethodInfo
{
    /// <summary>One of <see cref="MethodAxes"/>.</summary>
    public required string Axis { get; init; }

    /// <summary>Kebab-case name used in recipes.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence: use it when…</summary>
    public required string UseWhen { get; init; }

    /// <summary>Raised when the method's result changes for the same inputs; from 2 on it is part of the keys of steps that use the method.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What it asks of the run it is part of.</summary>
    public MethodNeeds Needs { get; init; }

    /// <summary>What it is like, where that decides what it can be combined with.</summary>
    public MethodTraits Traits { get; init; }

    /// <summary>Authors, title, year and arXiv id; null for what has no single source.</summary>
    public string? Paper { get; init; }

    /// <summary>
    /// What a data set holds, or what a model, augmentation or corruption works on, one of <see cref="DataKinds"/>; null for
    /// <see cref="DataKinds.Images"/>, and where data does not matter.
    /// </summary>
    public string? DataKind { get; init; }

    /// <summary>What the file is that the method is read from; null for methods that are built in.</summary>
    public string? File { get; init; }

    /// <summary>How the figure of a metric is read; null for methods that give none.</summary>
    public FigureInfo? Figure { get; init; }

    /// <summary>What a task measures besides its loss; by the first networks are compared. Empty for methods that are no tasks.</summary>
    public IReadOnlyList<MeasureInfo> Measures { get; init; } = [];

    /// <summary>
    /// What the examples of a data set are labelled with, or what a task learns from, one of <see cref="TargetKinds"/>; null for
    /// <see cref="TargetKinds.Classes"/>, and where it does not matter.
    /// </summary>
    public string? Targets { get; init; }

    /// <summary>What a data set knows of its training examples besides, by which a part of them can be chosen: fields of <see cref="DataPart"/>.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The only task that a model is made for; null for models of every task.</summary>
    public string? Task { get; init; }

    public IReadOnlyList<OptionInfo> Options { get; init; } = [];
}
