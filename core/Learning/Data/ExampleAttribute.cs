namespace SparsePipeline.Learning.Data;

/// <summary>Something a data set knows of its training examples besides, such as who wrote each.</summary>
/// <param name="Names">Of the values there are.</param>
/// <param name="Of">For each training example which it has.</param>
internal sealed record ExampleAttribute(IReadOnlyList<string> Names, int[] Of);
