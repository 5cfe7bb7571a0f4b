namespace SparsePipeline.Sparsification.Souping;

/// <summary>Merges the weights of networks tensor by tensor, where λ is not one number per member.</summary>
/// <remarks>
/// Members come in an order made of their contents, so what is computed from them in that order does not depend on the order they were offered in.
/// Nothing may be kept from one tensor to the next: several are looked at side by side.
/// </remarks>
public interface ITensorMerge
{
    /// <summary>Looks at one tensor, as often as it must, and says how its numbers are merged.</summary>
    /// <param name="tensor">Gives the numbers of all members run by run, so that memory does not grow with the model.</param>
    TensorRule Look(TensorReading tensor);
}
