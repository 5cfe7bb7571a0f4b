using System.Text;
using System.Text.Json;
using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Text;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Tasks.Kinds;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Tasks;

public sealed class NextTokenTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A head of zeros gives every one of the V tokens 1/V: the perplexity is V, and log₂ V bits are shared by the characters of a token.</summary>
    [Fact]
    public void A_head_of_zeros_has_the_size_of_the_vocabulary_as_its_perplexity()
    {
        // 700 words of their own and two letters: more tokens than a byte tells apart.
        File.WriteAllText(_folder.File("a.txt"), string.Join(' ', Enumerable.Range(0, 2).SelectMany(_ => Enumerable.Range(0, 700).Select(i => $"{(char)('a' + i / 26)}{(char)('a' + i % 26)}x"))));
        var data = DataSets.Load(Data(("tokens", "byte-pairs"), ("vocabulary", 500)), MethodSpec.Of(NextTokenTask.Name));
        var model = ModelSpecs.Of("gpt", ("layers", 1), ("heads", 2), ("width", 16));
        using var network = Networks.Build(model, data);
        using (torch.no_grad())
            network.named_parameters().Single(p => p.name == "lm_head.weight").parameter.zero_();

        var report = Scoring.Score(network, data.Test, data);

        data.Classes.ShouldBeGreaterThan(256);
        report.Measure.ShouldBe(data.Classes, 1e-3);
        report.Metrics!["perplexity"].ShouldBe(report.Measure);
        report.Loss.ShouldBe(Math.Log(data.Classes), 1e-6);
        report.BitsPerCharacter!.Value.ShouldBe(Math.Log2(data.Classes) * report.Examples / Characters(data), 1e-6);
        (report.ClassAccuracies, report.WorstClassInterval).ShouldBe((null, null));
        InputMetadata.Of(data)[InputMetadata.Tokens].ShouldBe("byte-pairs");
        JsonSerializer.Deserialize<string[]>(InputMetadata.Of(data)[InputMetadata.Vocabulary])!.ShouldBe(data.Vocabulary!);
    }

    /// <summary>Of characters next-token is what text has always been, compared by another figure.</summary>
    [Fact]
    public void Losses_of_characters_are_those_of_classification()
    {
        File.WriteAllText(_folder.File("a.txt"), string.Concat(Enumerable.Repeat("abcd", 400)));
        var (plain, tokens) = (DataSets.Load(Data()), DataSets.Load(Data(), MethodSpec.Of(NextTokenTask.Name)));
        using var network = Networks.Build(ModelSpecs.Of("gpt", ("layers", 1), ("heads", 2), ("width", 16)), plain);
        Initialization.Apply(network, 1);

        var (before, after) = (Scoring.Score(network, plain.Test, plain), Scoring.Score(network, tokens.Test, tokens));

        (after.Loss, after.Accuracy, after.BitsPerCharacter).ShouldBe((before.Loss, before.Accuracy, before.BitsPerCharacter));
        after.Measure.ShouldBe(Math.Exp(before.Loss));
        before.Measure.ShouldBe(before.Accuracy);
    }

    /// <summary>Sennrich et al. 2016, figure 1, but without their mark for the end of a word: the pairs of "low" ×5, "lower" ×2, "newest" ×6, "widest" ×3.</summary>
    [Fact]
    public void Pairs_join_in_the_order_of_the_paper()
    {
        var text = string.Join('\n', Words(("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)));

        var vocabulary = BytePairVocabulary.Of([[.. text.EnumerateRunes()]], largest: 12 + 6);

        // es and st occur nine times each, and later ew and ne six times: characters count in the order of their code points, and the pair of lower numbers comes first.
        vocabulary.Tokens.Skip(12).ShouldBe(["es", "est", "lo", "low", "ew", "new"]);
        Spelled(vocabulary, "lowest").ShouldBe("low|est");
        Spelled(vocabulary, "new\nz").ShouldBe("new|\n|");
    }

    [Fact]
    public void Words_keep_the_space_before_them_and_nothing_reaches_across() =>
        TextWords.Of([.. "so it's 12:30,  then\n new".EnumerateRunes()]).ShouldBe(["so", " it", "'", "s", " 12", ":", "30", ",", " ", " then", "\n", " new"]);

    [Fact]
    public void Tokens_together_are_the_text_they_came_from() => Gen.Char["abc .\n1"].Array[0, 60].Select(c => new string(c)).Sample(text =>
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        var vocabulary = BytePairVocabulary.Of([runes], largest: 30);
        Spelled(vocabulary, text, "").ShouldBe(text);
        vocabulary.Tokens.ShouldBeUnique();
        BytePairVocabulary.Of([runes], largest: 30).Tokens.ShouldBe(vocabulary.Tokens);
    }, iter: 200);

    [Fact]
    public void Characters_may_be_more_than_a_byte_tells_apart()
    {
        File.WriteAllText(_folder.File("a.txt"), string.Concat(Enumerable.Range(0, 4).SelectMany(_ => Enumerable.Range(0x4e00, 600).Select(c => (char)c))));

        var data = DataSets.Load(Data(("vocabulary", 1000)), MethodSpec.Of(NextTokenTask.Name));
        using var scope = torch.NewDisposeScope();
        var batch = new BatchReader(data.Training, data).Read([0]);

        data.Classes.ShouldBe(601);
        var (inputs, targets) = (batch.Inputs.data<long>().ToArray(), batch.Targets!.data<long>().ToArray());
        targets[..^1].ShouldBe(inputs[1..], "each token is labelled with the next");
        inputs.Max().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Tokens_of_another_kind_are_refused_by_name()
    {
        File.WriteAllText(_folder.File("a.txt"), "abc");

        Should.Throw<DomainException>(() => DataSets.Load(Data(("tokens", "byte-pair")))).Failure.ShouldBe(new StepFailure(
            FailureCodes.InvalidOption, "data.options.tokens is 'byte-pair'.", "Did you mean 'byte-pairs'? Known: characters, byte-pairs."));
    }

    private static long Characters(DataSplits data)
    {
        var characters = 0L;
        using var scope = torch.NewDisposeScope();
        var batch = new BatchReader(data.Test, data).Read([.. Enumerable.Range(0, data.Test.Count)]);
        foreach (var token in batch.Targets!.data<long>().ToArray())
            characters += Math.Max(1, data.Vocabulary![(int)token].Length);
        return characters;
    }

    private static IEnumerable<string> Words(params (string Word, int Count)[] words) => words.SelectMany(w => Enumerable.Repeat(w.Word, w.Count));

    private static string Spelled(Vocabulary vocabulary, string text, string between = "|") =>
        string.Join(between, vocabulary.Encode([.. text.EnumerateRunes()]).Select(n => vocabulary.Tokens[n]));

    private DataSpec Data(params (string Name, object Value)[] options) => new()
    {
        Name = TextDataSet.Name,
        Path = _folder.Path,
        Options = Options([("context", 8), .. options]),
    };

    private static MethodOptions Options(IEnumerable<(string Name, object Value)> options)
    {
        var all = new MethodOptions();
        foreach (var (name, value) in options)
            all[name] = JsonSerializer.SerializeToElement(value);
        return all;
    }
}
