namespace SparsePipeline.Contracts;

/// <summary>The property names methods of this axis; readers refuse other names, and the recipe schema lists the known ones.</summary>
/// <param name="axis">One of <see cref="MethodAxes"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MethodAxisAttribute(string axis) : Attribute
{
    public string Axis => axis;
}
