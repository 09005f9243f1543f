using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>
/// One question a line in, one answer a line out, in the same order. A line that is no question is answered by an error object, and the stream goes on.
/// An object over several lines is one question, where it is the only one. Answers leave as soon as no more input is at hand.
/// </summary>
/// <param name="asText">Answers for a person instead of JSON.</param>
public sealed class ExplainStream(TrustPolicy policy, QuestionReader reader, bool asText)
{
    /// <summary>Far more than any request's headers; a longer line is answered by an error.</summary>
    public const int LongestLine = 256 * 1024;

    /// <returns>How many lines were no question.</returns>
    public async Task<long> RunAsync(Stream input, Stream output, CancellationToken cancellation)
    {
        var lines = new LineBuffer(LongestLine);
        var (number, bad, isFirst) = (0L, 0L, true);
        while (true)
        {
            var more = await lines.FillAsync(input, cancellation).ConfigureAwait(false);
            var batch = lines.Take(isLast: !more);
            if (isFirst && batch.Count > 0)
            {
                if (QuestionLines.IsCutOff(batch[0]))
                {
                    return await WholeAsync(lines, batch, input, output, cancellation).ConfigureAwait(false);
                }

                isFirst = false;
            }

            foreach (var answered in AnswerAll(batch, number))
            {
                bad += answered.Bad;
                await output.WriteAsync(answered.Text.WrittenMemory, cancellation).ConfigureAwait(false);
            }

            number += batch.Count;
            await output.FlushAsync(cancellation).ConfigureAwait(false);
            if (!more)
            {
                return bad;
            }
        }
    }

    /// <summary>Chunks of a batch side by side: each is its own text, written in order.</summary>
    private Answers[] AnswerAll(IReadOnlyList<QuestionLine> batch, long before)
    {
        const int Smallest = 256;
        var chunks = Math.Clamp(batch.Count / Smallest, 1, Environment.ProcessorCount);
        var answers = new Answers[chunks];
        void One(int chunk)
        {
            var (from, to) = (batch.Count * chunk / chunks, batch.Count * (chunk + 1) / chunks);
            var answer = new Answers();
            for (var index = from; index < to; index++)
            {
                Answer(answer, batch[index], before + index + 1);
            }

            answers[chunk] = answer;
        }

        if (chunks == 1)
        {
            One(0);
        }
        else
        {
            Parallel.For(0, chunks, One);
        }

        return answers;
    }

    private async Task<long> WholeAsync(LineBuffer lines, IReadOnlyList<QuestionLine> batch, Stream input, Stream output, CancellationToken cancellation)
    {
        var whole = new ArrayBufferWriter<byte>();
        var (more, tooLong) = (true, false);
        while (true)
        {
            foreach (var line in batch)
            {
                tooLong |= line.IsTooLong || whole.WrittenCount + line.Text.Length > LongestLine;
                if (!tooLong)
                {
                    whole.Write(line.Text.Span);
                    whole.Write("\n"u8);
                }
            }

            if (!more)
            {
                break;
            }

            more = await lines.FillAsync(input, cancellation).ConfigureAwait(false);
            batch = lines.Take(isLast: !more);
        }

        var answer = new Answers();
        Answer(answer, new QuestionLine(whole.WrittenMemory, tooLong), 1);
        await output.WriteAsync(answer.Text.WrittenMemory, cancellation).ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
        return answer.Bad;
    }

    private void Answer(Answers answers, QuestionLine line, long number)
    {
        if (line.IsBlank)
        {
            return;
        }

        try
        {
            if (line.IsTooLong)
            {
                throw new UnreadableQuestion("", $"is longer than {LongestLine} bytes");
            }

            answers.Add(Explanation.Of(policy, reader.Read(line.Text)), asText);
        }
        catch (UnreadableQuestion wrong)
        {
            answers.AddError(wrong, number, asText);
        }
    }
}
