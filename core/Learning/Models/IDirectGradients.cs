namespace SparsePipeline.Learning.Models;

/// <summary>
/// A network that can go back without libtorch's graph, with the same bits: small layers spend more time on the graph, its functions and what is
/// made for them than on arithmetic.
/// </summary>
internal interface IDirectGradients
{
    /// <summary>
    /// Whether its predictions in training are the end of the graph: they want a gradient, and <see cref="Backward"/> hands it on. Only whoever calls
    /// that after every backward pass turns it on. Off to begin with.
    /// </summary>
    bool IsDirect { get; set; }

    /// <summary>
    /// Gives every parameter its gradient, or adds to the one it has, from those that the predictions since the last call were given. Does nothing where the graph
    /// was used. Call it in the dispose scope of the predictions.
    /// </summary>
    void Backward();
}
