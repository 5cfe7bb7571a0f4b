using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Methods;

/// <summary>What every registered method of this project has in common.</summary>
internal interface IMethod
{
    /// <summary>What the method says about itself; reading it must not load libtorch.</summary>
    MethodInfo Info { get; }
}
