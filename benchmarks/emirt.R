# Time emIRT's dynamic binary model on a table of state, rcid, session, vote; print the seconds. Run by bench_measures.py.
args <- commandArgs(trailingOnly = TRUE)
suppressMessages(library(emIRT))
votes <- read.csv(args[1], stringsAsFactors = FALSE)
votes <- votes[order(votes$session, votes$rcid), ]  # dynIRT needs items sorted by session
votes$y <- ifelse(votes$vote == 1, 1, -1)           # binary: yes against abstention and no
share <- ave(votes$y, votes$rcid)
votes <- votes[abs(share) < 1, ]
items <- unique(votes[, c("rcid", "session")])
states <- unique(votes$state)
rc <- matrix(0, length(states), nrow(items))
rc[cbind(match(votes$state, states), match(votes$rcid, items$rcid))] <- votes$y
session <- as.integer(factor(items$session)) - 1L
of_vote <- session[match(votes$rcid, items$rcid)]
first <- tapply(of_vote, factor(votes$state, states), min)
last <- tapply(of_vote, factor(votes$state, states), max)
n <- length(states); j <- nrow(items); periods <- max(session) + 1L
data <- list(rc = rc, startlegis = matrix(first, n, 1), endlegis = matrix(last, n, 1),
             bill.session = matrix(session, j, 1), T = periods)
start <- ifelse(states == "USA", 1, ifelse(states == "RUS", -1, 0))
starts <- list(alpha = matrix(0, j, 1), beta = matrix(0.1, j, 1), x = matrix(rep(start, periods), n, periods))
priors <- list(x.mu0 = matrix(start, n, 1), x.sigma0 = matrix(1, n, 1), beta.mu = matrix(0, 2, 1),
               beta.sigma = diag(25, 2), omega2 = matrix(0.1, n, 1))
seconds <- system.time(
  dynIRT(.data = data, .starts = starts, .priors = priors,
         .control = list(threads = 1, verbose = FALSE, thresh = 1e-4, maxit = 500))
)["user.self"]
cat(seconds, "\n")
