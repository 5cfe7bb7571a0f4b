using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>Cuts texts into windows that follow each other; what is left at the end of a text and shorter than a window is dropped.</summary>
internal sealed class TextWindows(Vocabulary vocabulary, int context)
{
    /// <param name="texts">Each is cut by itself.</param>
    /// <param name="part">What they are for, named in the error.</param>
    /// <exception cref="DomainException">No text is as long as a window and the character after it.</exception>
    public Examples Of(IEnumerable<Rune[]> texts, string part)
    {
        using var symbols = new MemoryStream();
        using var labels = new MemoryStream();
        foreach (var text in texts)
        {
            var encoded = vocabulary.Encode(text).AsSpan();
            var length = Math.Max(0, encoded.Length - 1) / context * context;
            symbols.Write(encoded[..length]);
            labels.Write(encoded.Slice(length == 0 ? 0 : 1, length));
        }
        return symbols.Length > 0
            ? new Examples(InputShape.Text(context), symbols.ToArray(), labels.ToArray())
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"data.options.context is {context}, and no text for {part} has as many characters and one more.",
                "Lower the context, or use longer texts or a larger share of them.");
    }
}
