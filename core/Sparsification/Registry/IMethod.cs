using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification;

/// <summary>Something a recipe can name.</summary>
public interface IMethod
{
    /// <summary>Name, title, paper and options: help, schema and docs come from it.</summary>
    MethodInfo Info { get; }
}
