namespace SparsePipeline.Checkpoints;

/// <summary>Statistics of layers by the names of their weights: all at once, or as they become known.</summary>
public interface ILayerStatisticsSource
{
    /// <summary>Whether there are statistics of the layer with these weights.</summary>
    bool Has(string tensor);

    /// <summary>Whether XᵀX of that layer is there.</summary>
    bool HasProducts(string tensor);

    /// <summary>The statistics of the layer with these weights, or null.</summary>
    /// <param name="tensor">Name of the weights.</param>
    /// <param name="products">Whether XᵀX is read too, where it is there.</param>
    LayerStatistics? Find(string tensor, bool products);
}
