using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>Cuts texts into windows that follow each other; what is left at the end of a text and shorter than a window is dropped.</summary>
internal sealed class TextWindows(Vocabulary vocabulary, int context, string unit)
{
    /// <param name="texts">Each is cut by itself.</param>
    /// <param name="part">What they are for, named in the error.</param>
    /// <exception cref="DomainException">No text is as long as a window and the token after it.</exception>
    public Examples Of(IEnumerable<Rune[]> texts, string part)
    {
        var (symbols, next) = (new List<int>(), new List<int>());
        foreach (var text in texts)
        {
            var encoded = vocabulary.Encode(text).AsSpan();
            var length = Math.Max(0, encoded.Length - 1) / context * context;
            symbols.AddRange(encoded[..length]);
            next.AddRange(encoded.Slice(length == 0 ? 0 : 1, length));
        }
        return symbols.Count > 0
            ? new Examples(InputShape.Text(context), Values(symbols), Values(next))
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"data.options.context is {context}, and no text for {part} has as many {unit} and one more.",
                "Lower the context, or use longer texts or a larger share of them.");
    }

    private ExampleValues Values(List<int> symbols) => vocabulary.Size <= Vocabulary.Bytes
        ? new ExampleValues<byte>([.. symbols.Select(s => (byte)s)], context)
        : new ExampleValues<int>([.. symbols], context);
}
