namespace SparsePipeline.Contracts;

/// <summary>The property names methods of this axis; readers refuse other names, and the recipe schema lists the known ones.</summary>
/// <param name="axis">One of <see cref="MethodAxes"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MethodAxisAttribute(string axis) : Attribute
{
    /// <summary>In place of a list of names a recipe may write this, which reads as all names there are at that moment.</summary>
    public const string Everything = "all";

    public string Axis => axis;

    /// <summary>Whether <see cref="Everything"/> may stand in place of the list.</summary>
    public bool AllowsEverything { get; init; }
}
