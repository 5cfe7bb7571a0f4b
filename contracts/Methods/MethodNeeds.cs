namespace SparsePipeline.Contracts;

/// <summary>What a method asks of the run it is part of. Planner, recipe rules and conformance tests read this and never a method's name.</summary>
[Flags]
public enum MethodNeeds
{
    /// <summary>Nothing but its inputs.</summary>
    None = 0,

    /// <summary>It draws by chance, so a seed is part of what is computed.</summary>
    Seed = 1 << 0,

    /// <summary>Statistics of what the layers of the network see.</summary>
    Statistics = 1 << 1,

    /// <summary>Gradients of the loss.</summary>
    Gradients = 1 << 2,

    /// <summary>A network that others are measured from.</summary>
    Anchor = 1 << 3,

    /// <summary>Scores of trial networks on the validation split.</summary>
    Validation = 1 << 4,

    /// <summary>The mask of a training changes while it trains.</summary>
    MovesMask = 1 << 5,

    /// <summary>Every member has a mask of its own.</summary>
    OwnMask = 1 << 6,

    /// <summary>What the cut before it removed: <see cref="MetricNames.NormDrop"/> and <see cref="MetricNames.PrunedFraction"/>.</summary>
    CutMeasures = 1 << 7,

    /// <summary>A dense training of at least as many epochs, whose end is repeated.</summary>
    DenseEpochs = 1 << 8,

    /// <summary>A training of more than one epoch.</summary>
    SeveralEpochs = 1 << 9,

    /// <summary>Of the statistics also the products of a layer's inputs with each other.</summary>
    InputProducts = 1 << 10,

    /// <summary>That the prunable weights themselves are trained, and nothing in their place.</summary>
    TrainedWeights = 1 << 11,
}
