namespace SparsePipeline.Reporting.Studies.Text;

/// <summary>There is no figure for a placeholder.</summary>
/// <param name="message">Why, as a sentence.</param>
/// <param name="remedy">What can be written instead.</param>
internal sealed class PlaceholderException(string message, string remedy) : Exception(message)
{
    /// <summary>What can be written instead.</summary>
    public string Remedy => remedy;
}
