using System.Text.RegularExpressions;

namespace SparsePipeline.Architecture;

/// <summary>What can be checked of the sentences that people are refused by.</summary>
public sealed partial class MessageTests
{
    private const int MostWords = 25;

    private static readonly IReadOnlyList<(string File, string Reason, string Remedy)> Messages =
    [
        .. from file in Repository.Files("*.cs")
           where !file.StartsWith("tests/", StringComparison.Ordinal)
           let source = File.ReadAllText(Path.Combine(Repository.Root, file))
           from Match call in Refusals().Matches(source)
           let arguments = SourceText.Arguments(source, call.Index + call.Length)
           where arguments.Count >= 3
           select (file, arguments[1], arguments[2]),
    ];

    [Fact]
    public void All_refusals_are_looked_at() => Messages.Count.ShouldBeGreaterThan(200);

    [Fact]
    public void No_sentence_of_a_refusal_is_so_long_that_it_has_to_be_read_twice()
    {
        var tooLong = from message in Messages
                      from text in SourceText.Texts(message.Reason).Concat(SourceText.Texts(message.Remedy))
                      from sentence in Ends().Split(text)
                      where sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > MostWords
                      select $"{message.File}: {sentence}";

        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void A_reason_and_a_remedy_end_as_sentences_do()
    {
        var open = from message in Messages
                   from argument in new[] { message.Reason, message.Remedy }
                   where argument.TrimEnd().EndsWith('"')
                   let last = SourceText.Texts(argument)[^1]
                   where last.Length > 0 && !EndOfSentence().IsMatch(last)
                   select $"{message.File}: {last}";

        open.ShouldBeEmpty();
    }

    [Fact]
    public void No_refusal_speaks_of_the_types_it_is_programmed_with()
    {
        var jargon = from message in Messages
                     from text in SourceText.Texts(message.Reason).Concat(SourceText.Texts(message.Remedy))
                     where Types().IsMatch(text)
                     select $"{message.File}: {text}";

        jargon.ShouldBeEmpty();
    }

    [GeneratedRegex(@"(new DomainException|new StepFailure|\.Refuse)\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Refusals();

    [GeneratedRegex(@"[.;:!?]\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Ends();

    [GeneratedRegex(@"([.!?`]|VALUE)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"\b(Exception|NullReference\w*|IEnumerable|IReadOnly\w+|Dictionary|Int32|Int64|Nullable|System\.[A-Z]\w+)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Types();
}
