namespace SparsePipeline.Sparsification.Souping;

/// <summary>Changes what members differ from the anchor by, each for itself: leaves out, scales up.</summary>
internal interface IDeltaFilter
{
    /// <summary>Looks at a tensor and says what becomes of its differences.</summary>
    DeltaChange Look(TensorReading tensor);
}
