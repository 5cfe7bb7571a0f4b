namespace SparsePipeline.Contracts;

/// <summary>
/// The property says what a method that the recipe names needs of its run. The reader of recipes fills it in, because it knows all methods; whoever plans
/// the run need not. Recipes that people write do not have it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResolvedAttribute : Attribute;
