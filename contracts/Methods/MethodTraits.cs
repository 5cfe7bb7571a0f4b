namespace SparsePipeline.Contracts;

/// <summary>What a method is like, where that decides what it can be combined with. Planner and recipe rules read this and never a method's name.</summary>
[Flags]
public enum MethodTraits
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>It leaves everything as it is: the pruner that prunes nothing, the soup that averages nothing.</summary>
    Idle = 1 << 0,

    /// <summary>Its peak learning rate can be set.</summary>
    PeakCanBeSet = 1 << 1,

    /// <summary>It reads the recipe's momentum.</summary>
    ReadsMomentum = 1 << 2,

    /// <summary>It cuts an average again, by the rule its members were cut by.</summary>
    CutsAgain = 1 << 3,

    /// <summary>It gives every layer a density of its own.</summary>
    OwnDensities = 1 << 4,

    /// <summary>Of all hooks of a training it comes first: it has to see what no other has changed.</summary>
    ComesFirst = 1 << 5,

    /// <summary>Of all hooks of a training it comes last: it has to see what every other has changed.</summary>
    ComesLast = 1 << 6,

    /// <summary>It takes weights from one layer and gives them to another, so that no layer keeps the density it had.</summary>
    MovesBetweenLayers = 1 << 7,

    /// <summary>It looks at the weights of all layers before it says what one of them keeps.</summary>
    ComparesLayers = 1 << 8,
}
