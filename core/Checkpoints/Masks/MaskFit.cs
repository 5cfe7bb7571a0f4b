using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Whether a mask belongs to a checkpoint: each masked tensor exists, is of a floating-point type and has the mask's shape.
/// </summary>
public static class MaskFit
{
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>, naming all tensors that do not fit.</exception>
    public static void Ensure(StateDict state, SparsityMask mask)
    {
        var misfits = mask.Tensors.Select(m => Misfit(state.Find(m.Name), m)).OfType<string>().ToList();
        if (misfits.Count > 0)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"The mask is not of this checkpoint: {NameList.Text(misfits, "; ")}.",
                "Give the mask that was computed for this model.");
    }

    private static string? Misfit(TensorInfo? tensor, TensorMask mask) => tensor switch
    {
        null => $"it masks '{mask.Name}', which the checkpoint lacks",
        { IsFloat: false } => $"it masks '{mask.Name}', which is {tensor.TypeName}",
        _ when !tensor.Shape.AsSpan().SequenceEqual(mask.Shape.AsSpan()) =>
            $"'{mask.Name}' is {TensorShape.Text(tensor.Shape.AsSpan())} in the checkpoint "
            + $"and {TensorShape.Text(mask.Shape.AsSpan())} in the mask",
        _ => null,
    };
}
