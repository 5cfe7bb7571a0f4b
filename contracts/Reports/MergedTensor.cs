namespace SparsePipeline.Contracts;

/// <summary>What a merge did to one tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Figures">By names that the soup explains, such as <c>t</c>: the share of the members beside the anchor.</param>
public sealed record MergedTensor(string Name, IReadOnlyDictionary<string, double> Figures);
