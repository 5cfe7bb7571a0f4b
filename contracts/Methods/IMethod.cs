namespace SparsePipeline.Contracts;

/// <summary>Something a recipe can name.</summary>
public interface IMethod
{
    /// <summary>Name, title, paper and options: help, schema and docs come from it. Reading it must not load native libraries.</summary>
    MethodInfo Info { get; }
}
