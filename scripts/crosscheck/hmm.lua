-- Answers scripts/crosscheck/hmm.py: flnft run hmm.lua CASES ANSWERS
-- Each case is a model, sequences and a number of iterations; each answer is what flnft makes of them.
local answers = {}
for i, case in ipairs(json.load(arg[1])) do
  local function model()
    return predict.hmm{ initial = case.initial, transition = case.transition, emission = case.emission }
  end
  local given, fitted, first = model(), model(), case.sequences[1]
  local path = given:viterbi{ sequence = first }
  local fit = fitted:fit{ sequences = case.sequences, iterations = case.iterations, tolerance = 0 }
  answers[i] = {
    score = given:score{ sequences = case.sequences }, posterior = given:posterior{ sequence = first }.probabilities,
    states = path.states, log_probability = path.log_probability, iterations = fit.iterations,
    log_likelihood = fit.log_likelihood, initial = fitted.initial, transition = fitted.transition,
    emission = fitted.emission,
  }
end
local file = assert(io.open(arg[2], "w"))
file:write(json.text(answers))
file:close()
