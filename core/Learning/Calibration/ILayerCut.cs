using SparsePipeline.Checkpoints;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Cuts layers one by one, each as soon as what comes into it is known.</summary>
public interface ILayerCut
{
    /// <summary>The weights of a layer after its cut, number by number as they lie; null for layers that are not cut.</summary>
    /// <param name="statistics">What came into the layer while those before it were cut already.</param>
    float[]? Cut(LayerStatistics statistics);
}
