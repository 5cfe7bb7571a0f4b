namespace SparsePipeline.Learning.Models;

/// <summary>A network that starts from something else than weights that are drawn one by one.</summary>
internal interface IOwnStart
{
    /// <summary>Changes the weights that were drawn.</summary>
    void Start();
}
